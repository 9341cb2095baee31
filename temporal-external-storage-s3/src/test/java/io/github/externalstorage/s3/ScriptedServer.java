package io.github.externalstorage.s3;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import io.temporal.api.common.v1.Payload;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Responds to requests as a test specifies, and records them. */
final class ScriptedServer implements AutoCloseable {

  static {
    // Otherwise the second part of a response waits until the client acknowledges the first.
    System.setProperty("sun.net.httpserver.nodelay", "true");
  }

  private final List<HttpExchange> requests = new CopyOnWriteArrayList<>();
  private final List<byte[]> bodies = new CopyOnWriteArrayList<>();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final HttpServer server;
  private volatile HttpHandler handler = exchange -> exchange.sendResponseHeaders(200, -1);

  ScriptedServer() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  URI endpoint() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /** All requests so far. */
  List<HttpExchange> requests() {
    return requests;
  }

  /** The bodies of all requests so far, in the order in which the requests ended. */
  List<byte[]> bodies() {
    return bodies;
  }

  /** Deletes the recorded requests. */
  void clear() {
    requests.clear();
    bodies.clear();
  }

  void respondWith(HttpHandler newHandler) {
    handler = newHandler;
  }

  /** Responds with an object. */
  void respondWith(Payload payload) {
    respondWith(exchange -> send(exchange, payload));
  }

  /** Responds with an error in S3's format. */
  void respondWith(int status, String code) {
    respondWith(
        exchange -> {
          exchange.getResponseHeaders().set("x-amz-request-id", "REQUEST-1");
          exchange.getResponseHeaders().set("Content-Type", "application/xml");
          send(exchange, status, "<Error><Code>" + code + "</Code><Message>no</Message></Error>");
        });
  }

  static void send(HttpExchange exchange, Payload object) throws IOException {
    exchange.sendResponseHeaders(200, object.getSerializedSize());
    object.writeTo(exchange.getResponseBody());
  }

  static void send(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      bodies.add(exchange.getRequestBody().readAllBytes());
      requests.add(exchange);
      // Otherwise the client may send the next request just as the server closes the connection.
      exchange.getResponseHeaders().set("Connection", "close");
      handler.handle(exchange);
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
