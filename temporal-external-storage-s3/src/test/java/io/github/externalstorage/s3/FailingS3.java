package io.github.externalstorage.s3;

import io.github.externalstorage.fixtures.fault.FaultProxy;
import software.amazon.awssdk.services.s3.S3AsyncClient;

/**
 * An S3 server behind a proxy that makes requests fail, and a client with the AWS SDK's defaults.
 */
final class FailingS3 implements AutoCloseable {

  private final S3ProxyServer server = new S3ProxyServer();
  private final FaultProxy proxy = FaultProxy.start(server.endpoint());
  private final ExpiringCredentials credentials = new ExpiringCredentials();
  private final S3AsyncClient client =
      TestClients.plain(proxy.getEndpoint()).credentialsProvider(credentials).build();

  FailingS3() {
    client.createBucket(it -> it.bucket(Samples.BUCKET)).join();
  }

  FaultProxy proxy() {
    return proxy;
  }

  ExpiringCredentials credentials() {
    return credentials;
  }

  S3StorageDriver.Builder newDriver() {
    return S3StorageDriver.newBuilder().setClient(client).setBucket(Samples.BUCKET);
  }

  @Override
  public void close() {
    client.close();
    proxy.close();
    server.close();
  }
}
