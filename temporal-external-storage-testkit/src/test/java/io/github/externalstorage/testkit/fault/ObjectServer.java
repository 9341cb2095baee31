package io.github.externalstorage.testkit.fault;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;

/** Keeps one object. */
final class ObjectServer implements AutoCloseable {

  private final HttpServer server;
  private volatile String object = "";

  ObjectServer() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::handle);
    server.start();
  }

  URI endpoint() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  String object() {
    return object;
  }

  void setObject(String content) {
    object = content;
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      if (exchange.getRequestMethod().equals("PUT")) {
        object = new String(exchange.getRequestBody().readAllBytes(), ISO_8859_1);
        exchange.sendResponseHeaders(200, -1);
      } else {
        exchange.sendResponseHeaders(200, object.length());
        exchange.getResponseBody().write(object.getBytes(ISO_8859_1));
      }
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
