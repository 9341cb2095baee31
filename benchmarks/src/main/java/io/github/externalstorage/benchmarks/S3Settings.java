package io.github.externalstorage.benchmarks;

import io.github.externalstorage.s3.S3StorageDriver;
import java.net.URI;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.http.nio.netty.NettyNioAsyncHttpClient;
import software.amazon.awssdk.services.s3.S3AsyncClient;

/** Where S3 is. Region and credentials are in the environment. */
public record S3Settings(URI endpoint, String bucket) {

  /** As the environment says. */
  public static S3Settings fromEnvironment() {
    return new S3Settings(URI.create(System.getenv("S3_ENDPOINT")), System.getenv("S3_BUCKET"));
  }

  /**
   * A client as the library makes them, but with the usual retries: without the library there would
   * be none.
   */
  public S3AsyncClient newClient() {
    return S3AsyncClient.builder()
        .endpointOverride(endpoint)
        .forcePathStyle(true)
        .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
        .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
        .serviceConfiguration(s3 -> s3.expectContinueEnabled(false))
        .httpClientBuilder(NettyNioAsyncHttpClient.builder().maxConcurrency(64))
        .build();
  }

  /** A driver with the defaults. */
  public S3StorageDriver newDriver(S3AsyncClient client) {
    return S3StorageDriver.newBuilder().setClient(client).setBucket(bucket).build();
  }
}
