package io.github.externalstorage.benchmarks;

import io.github.externalstorage.s3.S3StorageClientBuilder;
import io.github.externalstorage.s3.S3StorageDriver;
import java.net.URI;
import java.time.Duration;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3AsyncClient;

/** The endpoint and bucket of S3. Region and credentials are in the environment. */
public record S3Settings(URI endpoint, String bucket) {

  /** Reads the settings from the environment. */
  public static S3Settings fromEnvironment() {
    return new S3Settings(URI.create(System.getenv("S3_ENDPOINT")), System.getenv("S3_BUCKET"));
  }

  /** A client of the library's builder, with longer timeouts for busy machines. */
  public S3AsyncClient newClient() {
    return S3StorageClientBuilder.newBuilder()
        .setEndpoint(endpoint)
        .setRegion(Region.of(System.getenv("AWS_REGION")))
        .setIdleTimeout(Duration.ofMinutes(1))
        .setRequestTimeout(Duration.ofMinutes(5))
        .build();
  }

  /** A driver with the defaults. */
  public S3StorageDriver newDriver(S3AsyncClient client) {
    return S3StorageDriver.newBuilder().setClient(client).setBucket(bucket).build();
  }
}
