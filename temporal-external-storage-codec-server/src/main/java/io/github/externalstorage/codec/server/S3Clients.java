package io.github.externalstorage.codec.server;

import io.github.externalstorage.s3.S3StorageClientBuilder;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3AsyncClient;

/**
 * The clients of S3, one for each place that a configuration has named since the start: requests
 * that began before a reload still use theirs. Credentials are the AWS SDK's to find. Thread-safe.
 */
final class S3Clients implements AutoCloseable {

  private final Map<Place, S3AsyncClient> clients = new ConcurrentHashMap<>();

  /** The client for a place; empty if the section is wrong, which then is a problem. */
  Optional<S3AsyncClient> get(Section section) {
    Place place =
        new Place(
            section.get("region", Values::text),
            section.get("endpoint", Values::httpUrl),
            section.get("pathStyle", Values::flag));
    try {
      return Optional.of(clients.computeIfAbsent(place, Place::connect));
    } catch (SdkClientException e) {
      section.problem(
          "region", "is missing, and the AWS SDK finds none: set it here, or in AWS_REGION");
      return Optional.empty();
    }
  }

  @Override
  public void close() {
    clients.values().forEach(S3AsyncClient::close);
  }

  private record Place(
      Optional<String> region, Optional<URI> endpoint, Optional<Boolean> pathStyle) {

    S3AsyncClient connect() {
      S3StorageClientBuilder client =
          S3StorageClientBuilder.newBuilder()
              .setRegion(region.map(Region::of).orElse(null))
              .setEndpoint(endpoint.orElse(null));
      pathStyle.ifPresent(client::setPathStyle);
      return client.build();
    }
  }
}
