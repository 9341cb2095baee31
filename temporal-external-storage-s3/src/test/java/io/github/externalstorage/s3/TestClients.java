package io.github.externalstorage.s3;

import java.net.URI;
import java.time.Duration;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.async.SdkAsyncHttpClient;
import software.amazon.awssdk.http.nio.netty.NettyNioAsyncHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.S3AsyncClientBuilder;

/** Clients for servers on this machine. */
final class TestClients {

  static final AwsBasicCredentials CREDENTIALS = AwsBasicCredentials.create("test", "test-secret");
  static final Region REGION = Region.EU_CENTRAL_1;

  /** Long enough that nothing times out, even on a busy machine. */
  static final Duration LONG_TIMEOUT = Duration.ofMinutes(1);

  /**
   * Never closed, so that the event loops which clients share stay alive; stopping them takes
   * seconds.
   */
  static final SdkAsyncHttpClient EVENT_LOOPS = NettyNioAsyncHttpClient.create();

  private TestClients() {}

  /** A client of {@link S3StorageClientBuilder}, with longer timeouts for busy machines. */
  static S3StorageClientBuilder tuned(URI endpoint) {
    return S3StorageClientBuilder.newBuilder()
        .setEndpoint(endpoint)
        .setRegion(REGION)
        .setCredentialsProvider(StaticCredentialsProvider.create(CREDENTIALS))
        .setConnectTimeout(LONG_TIMEOUT)
        .setIdleTimeout(LONG_TIMEOUT)
        .setRequestTimeout(LONG_TIMEOUT.multipliedBy(2));
  }

  /** A client with the AWS SDK's defaults, including retries. */
  static S3AsyncClientBuilder plain(URI endpoint) {
    return S3AsyncClient.builder()
        .endpointOverride(endpoint)
        .region(REGION)
        .credentialsProvider(StaticCredentialsProvider.create(CREDENTIALS))
        .forcePathStyle(true);
  }
}
