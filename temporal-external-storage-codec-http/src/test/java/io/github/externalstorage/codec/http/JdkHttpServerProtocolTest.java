package io.github.externalstorage.codec.http;

import com.sun.net.httpserver.HttpServer;
import io.github.externalstorage.driver.StorageDriver;
import io.github.externalstorage.fixtures.CodecProtocolContract;
import io.github.externalstorage.fixtures.TestServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

final class JdkHttpServerProtocolTest extends CodecProtocolContract {

  @Override
  protected TestServer start(StorageDriver driver) throws IOException {
    ExecutorService threads = Executors.newCachedThreadPool();
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", Wiring.handler(Wiring.codec(driver)).build());
    server.setExecutor(threads);
    server.start();
    return new TestServer(
        server.getAddress().getPort(),
        () -> {
          server.stop(0);
          threads.shutdown();
        });
  }
}
