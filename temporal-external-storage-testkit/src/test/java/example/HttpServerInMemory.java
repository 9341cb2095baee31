package example;

import com.google.protobuf.ByteString;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A server that keeps in memory what is PUT, by its path. */
final class HttpServerInMemory implements AutoCloseable {

  private final Map<String, ByteString> objects = new ConcurrentHashMap<>();
  private final ExecutorService threads = Executors.newFixedThreadPool(8);
  private final HttpServer server;

  HttpServerInMemory() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 256);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  URI uri() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
  }

  /** The objects by their paths, decoded and without the slash at the beginning. */
  Map<String, ByteString> objects() {
    return objects;
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().getPath().substring(1);
      ByteString body = ByteString.readFrom(exchange.getRequestBody());
      if (exchange.getRequestMethod().equals("PUT")) {
        objects.put(path, body);
        exchange.sendResponseHeaders(201, -1);
        return;
      }
      ByteString object = objects.get(path);
      if (object == null) {
        exchange.sendResponseHeaders(404, -1);
      } else {
        exchange.sendResponseHeaders(200, object.isEmpty() ? -1 : object.size());
        object.writeTo(exchange.getResponseBody());
      }
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
