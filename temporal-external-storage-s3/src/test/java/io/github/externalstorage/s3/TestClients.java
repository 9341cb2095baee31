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

  /** With which nothing is given up, on a machine that is busy. */
  static final Duration PATIENCE = Duration.ofMinutes(1);

  /** Never closed: it keeps the event loops that clients share, which take seconds to stop. */
  static final SdkAsyncHttpClient EVENT_LOOPS = NettyNioAsyncHttpClient.create();

  private TestClients() {}

  /** The client that the module makes, with more patience, for a machine that is busy. */
  static S3StorageClientBuilder tuned(URI endpoint) {
    return S3StorageClientBuilder.newBuilder()
        .setEndpoint(endpoint)
        .setRegion(REGION)
        .setCredentialsProvider(StaticCredentialsProvider.create(CREDENTIALS))
        .setConnectTimeout(PATIENCE)
        .setIdleTimeout(PATIENCE)
        .setRequestTimeout(PATIENCE.multipliedBy(2));
  }

  /** A client with the defaults of the AWS SDK, retries among them. */
  static S3AsyncClientBuilder plain(URI endpoint) {
    return S3AsyncClient.builder()
        .endpointOverride(endpoint)
        .region(REGION)
        .credentialsProvider(StaticCredentialsProvider.create(CREDENTIALS))
        .forcePathStyle(true);
  }
}
