package io.github.externalstorage.examples.secrets;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** An S3 server that stores objects, and fails on demand. */
final class FailingS3 implements AutoCloseable {

  /** The ways to fail. Error replies echo the request, secrets included. */
  enum Fault {
    NONE(0, ""),
    REFUSED(403, "InvalidAccessKeyId"),
    EXPIRED(400, "ExpiredToken"),
    DENIED(403, "AccessDenied"),
    MISSING(404, "NoSuchKey"),
    NO_BUCKET(404, "NoSuchBucket"),
    BROKEN(500, "InternalError"),
    WRONG_BYTES(200, ""),
    RESET(-1, "");

    private final int status;
    private final String code;

    Fault(int status, String code) {
      this.status = status;
      this.code = code;
    }
  }

  private final Map<String, byte[]> objects = new ConcurrentHashMap<>();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final HttpServer server;
  private volatile Fault reads = Fault.NONE;
  private volatile Fault writes = Fault.NONE;
  private volatile CountDownLatch failedRead = new CountDownLatch(1);

  FailingS3() {
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

  void failReads(Fault fault) {
    failedRead = new CountDownLatch(1);
    reads = fault;
  }

  void failWrites(Fault fault) {
    writes = fault;
  }

  /** Waits until a read has failed. */
  void awaitFailedRead() throws InterruptedException {
    if (!failedRead.await(1, TimeUnit.MINUTES)) {
      throw new AssertionError("Nothing was read");
    }
  }

  private void handle(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readAllBytes();
    String path = exchange.getRequestURI().getPath();
    boolean isWrite = exchange.getRequestMethod().equals("PUT");
    Fault fault = isWrite ? writes : reads;
    try (exchange) {
      exchange.getResponseHeaders().set("Connection", "close");
      switch (fault) {
        case NONE -> {
          if (isWrite) {
            objects.put(path, body);
          }
          send(exchange, 200, objects.getOrDefault(path, new byte[0]));
        }
        case RESET -> throw new IOException("Reset");
        case WRONG_BYTES -> send(exchange, 200, (Secrets.CONTENT + " of another").getBytes(UTF_8));
        default -> send(exchange, fault.status, error(fault, exchange, body));
      }
    } finally {
      if (!isWrite && fault != Fault.NONE) {
        failedRead.countDown();
      }
    }
  }

  private static byte[] error(Fault fault, HttpExchange exchange, byte[] body) {
    return "<Error><Code>%s</Code><Message>no</Message><Token>%s</Token><Headers>%s</Headers><Sent>%s</Sent></Error>"
        .formatted(
            fault.code,
            Secrets.SESSION_TOKEN,
            exchange.getRequestHeaders().values(),
            new String(body, UTF_8).replaceAll("[^ -~]|[<&]", ""))
        .getBytes(UTF_8);
  }

  private static void send(HttpExchange exchange, int status, byte[] body) throws IOException {
    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
