package io.github.externalstorage.cli.codecserver;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.common.io.BaseEncoding;
import com.google.common.primitives.Ints;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32C;

/** A Google Cloud Storage in this JVM, with one bucket, that stores and serves objects. */
final class TestGcs implements AutoCloseable {

  private static final Pattern NAME = Pattern.compile("\"name\": ?\"([^\"]+)\"");

  private final Map<String, byte[]> objects = new ConcurrentHashMap<>();
  private final String bucket;
  private final HttpServer server;

  TestGcs(String bucket) throws IOException {
    this.bucket = bucket;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/upload/storage/v1/b/" + bucket + "/o", this::upload);
    server.createContext("/storage/v1/b/" + bucket + "/o/", this::download);
    server.start();
  }

  String endpoint() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  @Override
  public void close() {
    server.stop(0);
  }

  /** A multipart message: the metadata, then the content. */
  private void upload(HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), ISO_8859_1);
    Matcher name = NAME.matcher(body);
    if (!name.find()) {
      send(exchange, 400, new byte[0]);
      return;
    }
    int start = body.indexOf("\r\n\r\n", name.end());
    byte[] content = body.substring(start + 4, body.lastIndexOf("\r\n--")).getBytes(ISO_8859_1);
    objects.put(name.group(1), content);
    CRC32C checksum = new CRC32C();
    checksum.update(content);
    String response =
        "{\"bucket\":\"%s\",\"name\":\"%s\",\"size\":\"%d\",\"crc32c\":\"%s\"}"
            .formatted(
                bucket,
                name.group(1),
                content.length,
                BaseEncoding.base64().encode(Ints.toByteArray((int) checksum.getValue())));
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    send(exchange, 200, response.getBytes(UTF_8));
  }

  private void download(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getRawPath();
    byte[] content = objects.get(URLDecoder.decode(path.substring(path.indexOf("/o/") + 3), UTF_8));
    exchange.getResponseHeaders().set("X-Goog-Metageneration", "1");
    send(exchange, content == null ? 404 : 200, content == null ? new byte[0] : content);
  }

  private static void send(HttpExchange exchange, int status, byte[] body) throws IOException {
    try (exchange) {
      exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
      exchange.getResponseBody().write(body);
    }
  }
}
