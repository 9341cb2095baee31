package io.github.externalstorage.interop;

import java.io.Closeable;
import java.io.IOException;
import java.net.URI;

/**
 * moto's S3 server, which verifies no checksums, and responds to {@code Expect: 100-continue} with
 * two {@code 100 Continue}.
 */
final class MotoS3 implements Closeable {

  private final Program server;
  private final URI endpoint;

  MotoS3() throws IOException, InterruptedException {
    server = Program.python("../harness/moto_s3.py");
    endpoint = URI.create(server.line());
  }

  URI endpoint() {
    return endpoint;
  }

  @Override
  public void close() {
    server.close();
  }
}
