package io.github.externalstorage.s3;

import io.findify.s3mock.S3Mock;
import java.net.URI;

/**
 * Another S3 server in this JVM. It stores an empty object if the checksum is sent as a trailer.
 */
final class FindifyServer implements AutoCloseable {

  private final S3Mock server = new S3Mock.Builder().withPort(0).withInMemoryBackend().build();
  private final int port = server.start().localAddress().getPort();

  URI endpoint() {
    return URI.create("http://127.0.0.1:" + port);
  }

  @Override
  public void close() {
    server.shutdown();
  }
}
