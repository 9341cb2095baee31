package io.github.externalstorage.gcs;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.common.io.BaseEncoding;
import com.google.common.primitives.Ints;
import com.google.protobuf.ByteString;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import com.google.protobuf.util.JsonFormat;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32C;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * The part of the JSON API of Google Cloud Storage that the driver uses, in memory: uploads with
 * metadata, whose checksum is verified, downloads, metadata, and what operators need. It has the
 * errors of Google's documentation, and those that a test specifies.
 */
final class FakeGcs implements AutoCloseable {

  static final String BUCKET = "temporal-payloads";

  private static final Pattern UPLOAD = Pattern.compile("/upload/storage/v1/b/([^/]+)/o");
  private static final Pattern OBJECT = Pattern.compile("/storage/v1/b/([^/]+)/o/([^/]+)");

  private static final AtomicLong GENERATIONS = new AtomicLong(1_700_000_000_000_000L);

  static {
    // Otherwise the second part of a response waits until the client acknowledges the first.
    System.setProperty("sun.net.httpserver.nodelay", "true");
  }

  /** An object, when it was written, and the number of that write. */
  record StoredContent(ByteString content, Instant created, long generation) {

    StoredContent(ByteString content, Instant created) {
      this(content, created, GENERATIONS.incrementAndGet());
    }
  }

  /** A request that has arrived. */
  record Request(String method, URI uri, Map<String, List<String>> headers, ByteString body) {

    @Nullable String header(String name) {
      List<String> values = headers.get(name);
      return values == null ? null : values.get(0);
    }
  }

  /** Responds to a request, whose body was read. */
  @FunctionalInterface
  interface Responder {
    void respond(HttpExchange exchange, ByteString body) throws IOException;
  }

  private final ConcurrentMap<String, StoredContent> objects = new ConcurrentHashMap<>();
  private final FakeGcsForOperators operators = new FakeGcsForOperators(objects);
  private final List<Request> requests = new CopyOnWriteArrayList<>();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final String scheme;
  private final HttpServer server;
  private volatile Responder handler = this::serve;

  FakeGcs() {
    this("http", HttpServer::create);
  }

  /** With TLS. */
  FakeGcs(SSLContext context) {
    this(
        "https",
        (address, backlog) -> {
          HttpsServer https = HttpsServer.create(address, backlog);
          https.setHttpsConfigurator(new HttpsConfigurator(context));
          return https;
        });
  }

  private FakeGcs(String scheme, Listener listener) {
    this.scheme = scheme;
    try {
      server = listener.listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  private interface Listener {
    HttpServer listen(InetSocketAddress address, int backlog) throws IOException;
  }

  URI endpoint() {
    return URI.create(scheme + "://127.0.0.1:" + server.getAddress().getPort());
  }

  /** A builder of a driver for the only bucket. */
  GcsStorageDriver.Builder newDriver() {
    return GcsStorageDriver.newBuilder().setEndpoint(endpoint()).setBucket(BUCKET);
  }

  /** The objects in the bucket, by their keys. */
  ConcurrentMap<String, StoredContent> objects() {
    return objects;
  }

  void put(String key, ByteString content) {
    objects.put(key, new StoredContent(content, Instant.now()));
  }

  /** All requests so far. */
  List<Request> requests() {
    return requests;
  }

  /** How to list and delete. */
  FakeGcsForOperators operators() {
    return operators;
  }

  /** Responds as the test specifies from now on. */
  void respondWith(Responder newHandler) {
    handler = newHandler;
  }

  /** Responds as Google does. */
  void serve(HttpExchange exchange, ByteString body) throws IOException {
    String path = exchange.getRequestURI().getRawPath();
    Matcher upload = UPLOAD.matcher(path);
    Matcher object = OBJECT.matcher(path);
    if (upload.matches() && exchange.getRequestMethod().equals("POST")) {
      if (upload.group(1).equals(BUCKET)) {
        upload(exchange, body);
      } else {
        sendError(exchange, 404, "notFound", "The specified bucket does not exist.");
      }
    } else if (operators.serves(exchange)) {
      operators.serve(exchange);
    } else if (object.matches() && exchange.getRequestMethod().equals("GET")) {
      serveObject(exchange, object.group(1), decode(object.group(2)));
    } else {
      sendError(exchange, 400, "invalid", "Unknown request " + path);
    }
  }

  private void serveObject(HttpExchange exchange, String bucket, String key) throws IOException {
    boolean isDownload = "alt=media".equals(exchange.getRequestURI().getRawQuery());
    StoredContent object = objects.get(key);
    if (!bucket.equals(BUCKET)) {
      sendError(exchange, 404, "notFound", "The specified bucket does not exist.");
    } else if (object == null) {
      String message = "No such object: " + bucket + "/" + key;
      if (isDownload) {
        send(exchange, 404, "text/html; charset=UTF-8", message);
      } else {
        sendError(exchange, 404, "notFound", message);
      }
    } else if (isDownload) {
      exchange.getResponseHeaders().set("X-Goog-Metageneration", "1");
      exchange
          .getResponseHeaders()
          .set(
              "Last-Modified",
              DateTimeFormatter.RFC_1123_DATE_TIME.format(object.created.atOffset(ZoneOffset.UTC)));
      sendContent(exchange, object.content);
    } else {
      send(exchange, 200, "application/json", json(key, object));
    }
  }

  /** Stores the object of a {@code multipart/related} message. */
  private void upload(HttpExchange exchange, ByteString body) throws IOException {
    String contentType = exchange.getRequestHeaders().getFirst("Content-Type");
    String boundary = "--" + contentType.substring(contentType.indexOf("boundary=") + 9);
    String message = body.toString(ISO_8859_1);
    int metadataStart = message.indexOf("\r\n\r\n") + 4;
    int metadataEnd = message.indexOf("\r\n" + boundary, metadataStart);
    int contentStart = message.indexOf("\r\n\r\n", metadataEnd) + 4;
    int contentEnd = message.lastIndexOf("\r\n" + boundary + "--\r\n");
    if (!message.startsWith(boundary + "\r\n") || contentEnd < contentStart) {
      sendError(exchange, 400, "badContent", "Malformed multipart body.");
      return;
    }
    Struct metadata = parse(body.substring(metadataStart, metadataEnd).toStringUtf8());
    String key = metadata.getFieldsOrThrow("name").getStringValue();
    StoredContent object =
        new StoredContent(body.substring(contentStart, contentEnd), Instant.now());
    String declared = metadata.getFieldsOrThrow("crc32c").getStringValue();
    if (!declared.equals(crc32c(object.content))) {
      sendError(
          exchange,
          400,
          "invalid",
          "Provided CRC32C \"%s\" doesn't match calculated CRC32C \"%s\"."
              .formatted(declared, crc32c(object.content)));
    } else if (key.getBytes(UTF_8).length > 1024) {
      sendError(exchange, 400, "invalid", "The maximum object length is 1024 characters.");
    } else {
      operators.replaced(key, objects.put(key, object));
      send(exchange, 200, "application/json", json(key, object));
    }
  }

  static String json(String key, StoredContent object) {
    return print(
        Map.of(
            "bucket",
            BUCKET,
            "name",
            key,
            "size",
            String.valueOf(object.content.size()),
            "crc32c",
            crc32c(object.content),
            "timeCreated",
            object.created.toString(),
            "generation",
            String.valueOf(object.generation)));
  }

  static String crc32c(ByteString content) {
    CRC32C checksum = new CRC32C();
    checksum.update(content.toByteArray());
    return BaseEncoding.base64().encode(Ints.toByteArray((int) checksum.getValue()));
  }

  static void sendContent(HttpExchange exchange, ByteString content) throws IOException {
    exchange.sendResponseHeaders(200, content.isEmpty() ? -1 : content.size());
    content.writeTo(exchange.getResponseBody());
  }

  /** Responds with an error as the JSON API does. */
  static void sendError(HttpExchange exchange, int status, String reason, String message)
      throws IOException {
    String text = print(Map.of("reason", reason, "message", message));
    send(
        exchange,
        status,
        "application/json; charset=UTF-8",
        "{\"error\": {\"code\": %s, \"message\": %s, \"errors\": [%s]}}"
            .formatted(status, print(message), text));
  }

  static void send(HttpExchange exchange, int status, String contentType, String body)
      throws IOException {
    byte[] bytes = body.getBytes(UTF_8);
    exchange.getResponseHeaders().set("Content-Type", contentType);
    exchange.getResponseHeaders().set("X-GUploader-UploadID", "UPLOAD-1");
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      ByteString body = ByteString.readFrom(exchange.getRequestBody());
      requests.add(
          new Request(
              exchange.getRequestMethod(),
              exchange.getRequestURI(),
              Map.copyOf(exchange.getRequestHeaders()),
              body));
      handler.respond(exchange, body);
    }
  }

  static String decode(String segment) {
    return URLDecoder.decode(segment.replace("+", "%2B"), UTF_8);
  }

  private static Struct parse(String json) throws IOException {
    Struct.Builder struct = Struct.newBuilder();
    JsonFormat.parser().merge(json, struct);
    return struct.build();
  }

  static String print(Map<String, String> strings) {
    Struct.Builder struct = Struct.newBuilder();
    strings.forEach(
        (name, value) -> struct.putFields(name, Value.newBuilder().setStringValue(value).build()));
    return print(Value.newBuilder().setStructValue(struct).build());
  }

  static String print(String string) {
    return print(Value.newBuilder().setStringValue(string).build());
  }

  private static String print(Value value) {
    try {
      return JsonFormat.printer().omittingInsignificantWhitespace().print(value);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
