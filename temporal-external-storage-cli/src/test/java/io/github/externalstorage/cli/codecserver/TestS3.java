package io.github.externalstorage.cli.codecserver;

import io.findify.s3mock.S3Mock;
import io.github.externalstorage.s3.S3StorageClientBuilder;
import java.net.URI;
import software.amazon.awssdk.services.s3.S3AsyncClient;

/** An S3 in this JVM. */
public final class TestS3 implements AutoCloseable {

  private final S3Mock server = new S3Mock.Builder().withPort(0).withInMemoryBackend().build();
  private final int port = server.start().localAddress().getPort();

  public TestS3(String... buckets) {
    try (S3AsyncClient client =
        S3StorageClientBuilder.newBuilder().setEndpoint(URI.create(endpoint())).build()) {
      for (String bucket : buckets) {
        client.createBucket(request -> request.bucket(bucket)).join();
      }
    }
  }

  public String endpoint() {
    return "http://127.0.0.1:" + port;
  }

  @Override
  public void close() {
    server.shutdown();
  }
}
