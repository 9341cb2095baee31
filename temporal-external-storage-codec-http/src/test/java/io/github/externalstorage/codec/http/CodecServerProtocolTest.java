package io.github.externalstorage.codec.http;

import java.io.IOException;

final class CodecServerProtocolTest extends CodecProtocolContract {

  @Override
  TestServer start(CodecHandler handler) throws IOException {
    CodecServer server = CodecServer.newBuilder(handler).setPort(0).start();
    return new TestServer(server.getPort(), server::close);
  }
}
