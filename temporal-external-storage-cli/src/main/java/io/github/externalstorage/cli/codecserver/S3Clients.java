package io.github.externalstorage.cli.codecserver;

import io.github.externalstorage.cli.config.Section;
import io.github.externalstorage.cli.config.Values;
import io.github.externalstorage.s3.S3StorageClientBuilder;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3AsyncClient;

/**
 * The S3 clients, one for each region and endpoint that a configuration has named since the start:
 * requests that began before a reload still use theirs. Credentials come from the AWS SDK's default
 * chain. Thread-safe.
 */
final class S3Clients implements AutoCloseable {

  private static final Pattern REGION = Pattern.compile("[a-z0-9-]+");

  private final Map<Endpoint, S3AsyncClient> clients = new ConcurrentHashMap<>();

  /** The client for a section's settings; empty if there is no region, which is a problem. */
  Optional<S3AsyncClient> get(Section section) {
    Endpoint endpoint =
        new Endpoint(
            section.get("region", S3Clients::region),
            section.get("endpoint", Values::httpUrl),
            section.get("pathStyle", Values::flag));
    try {
      return Optional.of(clients.computeIfAbsent(endpoint, Endpoint::connect));
    } catch (SdkClientException e) {
      section.addProblem(
          "region", "is missing, and the AWS SDK finds none: set it here, or in AWS_REGION");
      return Optional.empty();
    }
  }

  /** Closes them in the background, since each takes seconds to become quiet. */
  @Override
  public void close() {
    for (S3AsyncClient client : clients.values()) {
      Thread closer = new Thread(client::close, "s3-client-closer");
      closer.setDaemon(true);
      closer.start();
    }
  }

  private static Region region(String text) {
    if (!REGION.matcher(text).matches()) {
      throw new IllegalArgumentException("must be a region such as eu-central-1");
    }
    return Region.of(text);
  }

  private record Endpoint(Optional<Region> region, Optional<URI> uri, Optional<Boolean> pathStyle) {

    S3AsyncClient connect() {
      S3StorageClientBuilder client =
          S3StorageClientBuilder.newBuilder()
              .setRegion(region.orElse(null))
              .setEndpoint(uri.orElse(null));
      pathStyle.ifPresent(client::setPathStyle);
      return client.build();
    }
  }
}
