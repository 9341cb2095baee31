package io.github.externalstorage.cli.namespaces;

import io.github.externalstorage.cli.config.Section;
import io.github.externalstorage.cli.config.Values;
import io.github.externalstorage.gcs.GcsStorageDriver;
import io.github.externalstorage.s3.S3StorageClientBuilder;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3AsyncClient;

/**
 * The clients of storages that a configuration has named since the start: requests that began
 * before a reload still use theirs. Credentials come from the default chains of the AWS SDK and of
 * Google's auth library. Thread-safe.
 */
public final class StorageClients implements AutoCloseable {

  private static final Pattern REGION = Pattern.compile("[a-z0-9-]+");
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);

  private final Map<Endpoint, S3AsyncClient> s3Clients = new ConcurrentHashMap<>();
  private final ApplicationDefaultCredentials google = new ApplicationDefaultCredentials();
  private volatile boolean googleNeeded;
  private @Nullable HttpClient http;

  /** The S3 client for a section's settings; empty if there is no region, which is a problem. */
  Optional<S3AsyncClient> s3(Section section) {
    Endpoint endpoint =
        new Endpoint(
            section.get("region", StorageClients::region),
            section.get("endpoint", Values::httpUrl),
            section.get("pathStyle", Values::flag));
    try {
      return Optional.of(s3Clients.computeIfAbsent(endpoint, Endpoint::connect));
    } catch (SdkClientException e) {
      section.addProblem(
          "region", "is missing, and the AWS SDK finds none: set it here, or in AWS_REGION");
      return Optional.empty();
    }
  }

  /** A driver's access to Google Cloud Storage, or to an emulator, which gets no credentials. */
  synchronized GcsStorageDriver.Builder gcs(Optional<URI> endpoint) {
    if (http == null) {
      http = HttpClient.newBuilder().connectTimeout(CONNECT_TIMEOUT).build();
    }
    GcsStorageDriver.Builder driver = GcsStorageDriver.newBuilder().setHttpClient(http);
    endpoint.ifPresent(driver::setEndpoint);
    if (endpoint.isEmpty() || "https".equals(endpoint.get().getScheme())) {
      googleNeeded = true;
      driver.setCredentials(google);
    }
    return driver;
  }

  /** Messages about required credentials that can't be found. Takes seconds if there are none. */
  public List<String> warnings() {
    List<String> warnings = new ArrayList<>();
    if (!s3Clients.isEmpty()) {
      try (DefaultCredentialsProvider credentials = DefaultCredentialsProvider.builder().build()) {
        credentials.resolveCredentials();
      } catch (SdkClientException e) {
        warnings.add(
            "The AWS SDK finds no credentials in the environment, profile, container or instance");
      }
    }
    if (googleNeeded) {
      try {
        google.find();
      } catch (IOException e) {
        warnings.add(
            "Google's auth library finds no application default credentials: set"
                + " GOOGLE_APPLICATION_CREDENTIALS, or run where a service account is attached");
      }
    }
    return warnings;
  }

  /** Closes them in the background, since each takes seconds to shut down. */
  @Override
  public void close() {
    for (S3AsyncClient client : s3Clients.values()) {
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
