package io.github.externalstorage.benchmarks.bursts;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.github.externalstorage.benchmarks.Commands;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;

/**
 * Simulates an S3 server that is slow to respond, or a proxy that buffers a whole request before it
 * forwards it. Objects are stored in memory until the settings change.
 */
public final class SlowServer {

  private final Map<String, byte[]> objects = new ConcurrentHashMap<>();
  private volatile Settings settings = new Settings(0, 0);

  private SlowServer() {}

  /** Runs until the input ends. */
  public static void main(String[] args) throws Exception {
    // Otherwise the second part of a response waits until the client acknowledges the first.
    System.setProperty("sun.net.httpserver.nodelay", "true");
    SlowServer slow = new SlowServer();
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 200);
    server.setExecutor(Executors.newCachedThreadPool());
    server.createContext("/", slow::handle);
    server.start();
    Commands.reply(Map.of("port", server.getAddress().getPort()));
    Commands.serve(Settings.class, slow::apply);
    System.exit(0);
  }

  private Object apply(Settings newSettings) {
    int count = objects.size();
    objects.clear();
    settings = newSettings;
    return Map.of("objects", count);
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      String key = exchange.getRequestURI().getPath();
      byte[] sent = readBody(exchange);
      if (exchange.getRequestMethod().equals("PUT")) {
        settings.pause(sent.length);
        objects.put(key, sent);
        exchange.sendResponseHeaders(200, -1);
      } else {
        byte[] stored = Objects.requireNonNull(objects.get(key));
        settings.pause(stored.length);
        exchange.sendResponseHeaders(200, stored.length);
        exchange.getResponseBody().write(stored);
      }
    }
  }

  private static byte[] readBody(HttpExchange exchange) throws IOException {
    try (InputStream body = exchange.getRequestBody()) {
      return body.readAllBytes();
    }
  }

  /**
   * The command.
   *
   * @param responseMillis the delay of a response after the request has arrived, in milliseconds
   * @param bytesPerSecond the rate at which the body is forwarded; 0 means without a limit
   */
  record Settings(long responseMillis, long bytesPerSecond) {

    private void pause(int bytes) {
      long millis = responseMillis + (bytesPerSecond == 0 ? 0 : bytes * 1000L / bytesPerSecond);
      try {
        Thread.sleep(millis);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
