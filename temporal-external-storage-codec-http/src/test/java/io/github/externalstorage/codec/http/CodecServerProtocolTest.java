package io.github.externalstorage.codec.http;

import io.github.externalstorage.driver.StorageDriver;
import io.github.externalstorage.fixtures.CodecProtocolContract;
import io.github.externalstorage.fixtures.TestServer;
import java.io.IOException;

final class CodecServerProtocolTest extends CodecProtocolContract {

  @Override
  protected TestServer start(StorageDriver driver) throws IOException {
    CodecServer server = Wiring.start(Wiring.handler(Wiring.codec(driver)));
    return new TestServer(server.getPort(), server::close);
  }
}
