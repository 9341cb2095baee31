package io.github.externalstorage.cli.codecserver;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import io.github.externalstorage.ExternalStorage;
import io.github.externalstorage.GzipPayloadCodec;
import io.github.externalstorage.codec.http.CodecHandler;
import io.github.externalstorage.codec.http.NamespaceCodec;
import io.github.externalstorage.driver.InMemoryStorageDriver;
import io.github.externalstorage.fixtures.CodecClient;
import io.github.externalstorage.fixtures.RawClient;
import io.github.externalstorage.fixtures.TestCertificate;
import io.github.externalstorage.fixtures.TestPayloads;
import io.temporal.api.common.v1.Payload;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The server's HTTP, with any handler. */
final class JettyServerTest {

  private static final Duration LONG = Duration.ofMinutes(10);
  private static final int CONCURRENT = 2;
  private static final String ORIGIN = "https://temporal.example.com";

  /** Many more than the server has threads for. */
  private static final int CLIENTS = 160;

  /** More than the buffers of a connection hold. */
  private static final int LARGE = 4 << 20;

  private static final String DECODE =
      String.join(
          "\r\n",
          "POST /decode HTTP/1.1",
          "Host: localhost",
          "X-Namespace: default",
          "Content-Type: application/json",
          "");

  private final AtomicInteger handled = new AtomicInteger();
  private final CountDownLatch entered = new CountDownLatch(1);
  private final CountDownLatch gate = new CountDownLatch(1);
  private final List<RawClient> clients = new ArrayList<>();

  @SuppressWarnings("NullAway.Init") // each test starts one
  private JettyServer server;

  private Supplier<CompletableFuture<Boolean>> ready =
      () -> CompletableFuture.completedFuture(true);

  @AfterEach
  void stop() throws IOException {
    for (RawClient client : clients) {
      client.close();
    }
    gate.countDown();
    server.close();
  }

  /** Each line ends as in HTTP, except for those that end in a backslash. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "POST /echo HTTP/1.1\\|Host: localhost\\|Content-Length: 2\\|\\|{}",
        "POST /echo HTTP/1.1|Host: localhost\\|Content-Length: 2||{}",
        "POST /echo HTTP/1.1|Host: localhost|Content-Length: 2|Content-Length: 2||{}",
        "POST /echo HTTP/1.1|Host: localhost|Content-Length: 2|Content-Length: 3||{} ",
        "POST /echo HTTP/1.1|Host: localhost|Content-Length: 5|Transfer-Encoding: chunked||0||",
        "POST /echo HTTP/1.1|Host: localhost|Transfer-Encoding: xchunked||0||",
        "POST /echo HTTP/1.1|Host : localhost|Content-Length: 2||{}",
        "POST /echo HTTP/1.1|Host: localhost|X: a| b|Content-Length: 2||{}",
        "POST /echo HTTP/1.1|Host: localhost|Host: example.com|Content-Length: 2||{}",
        "POST /echo HTTP/1.1|Content-Length: 2||{}",
        "POST /echo HTTP/1.1|Host: localhost|Content-Length: +2||{}",
        "POST /echo HTTP/1.1|Host: localhost|Content-Length: -2||{}",
        "POST /ec\u0000ho HTTP/1.1|Host: localhost|Content-Length: 2||{}",
        "POST /a/..%2f/echo HTTP/1.1|Host: localhost|Connection: close|Content-Length: 2||{}",
      })
  void rejectsLenientFraming(String request) throws IOException {
    start(options(), this::echo);

    RawClient client = client().sendText(request.replace("\\|", "\n").replace("|", "\r\n"));

    assertThat(client.readUntilBroken()).startsWith("HTTP/1.1 4").doesNotContain("Jetty", "\tat ");
    assertThat(handled).hasValue(0);
  }

  @ParameterizedTest
  @ValueSource(strings = {"x\r\n{}\r\n", "2\n{}\r\n0\r\n\r\n", "2\r\n{}0\r\n\r\n", "-1\r\n{}\r\n"})
  void nothingIsServedAfterABrokenChunk(String chunks) throws IOException {
    start(options(), this::echo);

    String response =
        client()
            .sendText(
                "POST /echo HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n"
                    + chunks
                    + "POST /smuggled HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\n\r\n")
            .readUntilBroken();

    assertThat(response).doesNotContain(" 200 ", "smuggled");
  }

  @Test
  void servesWhatTheWebUiMakesOfAnEndpointThatEndsInASlash() throws IOException {
    start(options(), this::echo);

    HttpResponse<String> response = new CodecClient(server.port()).post("//x//echo", "{}");

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body()).isEqualTo("//x//echo {}");
  }

  @Test
  void servesSeveralRequestsOnAConnection() throws IOException {
    start(options(), this::echo);
    RawClient client = client();

    for (String body : List.of("1", "2")) {
      client.sendText("POST /echo HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1\r\n\r\n" + body);
      assertThat(client.readResponse()).startsWith("HTTP/1.1 200 ").endsWith("/echo " + body);
    }
  }

  @Test
  void speaksHttp2OverTls(@TempDir Path folder) throws Exception {
    TestCertificate certificate = TestCertificate.make(folder, "EC");
    certificate.write(folder.resolve("tls.crt"), folder.resolve("tls.key"));
    server =
        new JettyServer(
            options(),
            this::echo,
            () -> CompletableFuture.completedFuture(true),
            Optional.of(TlsKeys.load(folder.resolve("tls.crt"), folder.resolve("tls.key"))));
    for (HttpClient.Version version : HttpClient.Version.values()) {
      HttpClient client =
          HttpClient.newBuilder()
              .version(version)
              .sslContext(TestCertificate.trusting(certificate))
              .build();
      URI url = URI.create("https://127.0.0.1:" + server.port());

      HttpResponse<String> response = new CodecClient(client, url).post("/host", "{}");

      assertThat(response.version()).isEqualTo(version);
      assertThat(response.body()).isEqualTo("127.0.0.1:" + server.port());
    }
  }

  @Test
  void servesHealthChecks() throws IOException {
    start(options(), this::echo);
    CodecClient client = new CodecClient(server.port());

    assertThat(client.get("/healthz").body()).isEqualTo("{\"status\":\"ok\"}");
    assertThat(client.get("/readyz").body()).isEqualTo("{\"status\":\"ready\"}");
    assertThat(client.post("/readyz", "").statusCode()).isEqualTo(405);
    assertThat(client.post("/healthz/echo", "").body()).isEqualTo("/healthz/echo ");
  }

  @Test
  void isNotReadyWhileItCanServeNothing() throws IOException {
    ready = () -> CompletableFuture.completedFuture(false);
    start(options(), this::echo);
    CodecClient client = new CodecClient(server.port());

    assertThat(client.get("/readyz").statusCode()).isEqualTo(503);
    assertThat(client.get("/readyz").body()).isEqualTo("{\"status\":\"not ready\"}");
    assertThat(client.get("/healthz").statusCode()).isEqualTo(200);
    ready = () -> CompletableFuture.failedFuture(new IllegalStateException());
    assertThat(client.get("/readyz").statusCode()).isEqualTo(503);
  }

  @Test
  void completesRequestsInProgressWhenItStops() throws Exception {
    start(options(), this::wait);
    CodecClient client = new CodecClient(server.port());
    CompletableFuture<HttpResponse<String>> inProgress =
        CompletableFuture.supplyAsync(() -> client.post("/echo", "{}"));
    entered.await();
    RawClient idle = client();

    int port = server.port();

    CompletableFuture<Void> stopped = CompletableFuture.runAsync(server::close);
    awaitNotListening(port);
    assertThat(stopped).isNotDone();
    gate.countDown();

    assertThat(inProgress.join().statusCode()).isEqualTo(200);
    assertThat(stopped).succeedsWithin(Duration.ofSeconds(30));
    assertThat(idle.readUntilBroken()).isEmpty();
  }

  @Test
  void doesNotWaitLongerThanTheDrainTimeout() throws Exception {
    start(options(Duration.ofMillis(50), 100, LONG), this::wait);
    RawClient client = client();
    client.sendText("POST /echo HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\n\r\n");
    entered.await();

    server.close();

    assertThat(client.readUntilBroken()).doesNotContain(" 200 ");
  }

  @Test
  void closesIdleConnections() throws IOException {
    start(options(LONG, 100, Duration.ofMillis(100)), this::echo);

    assertThat(client().readAll()).isEmpty();
    assertThat(client().sendText("POST /echo HTTP/1.1\r\nHost:").readUntilBroken())
        .doesNotContain(" 200 ");
  }

  @Test
  void aHeadThatArrivesSlowlyHasADeadline() throws IOException {
    start(options(LONG, 100, Duration.ofMillis(200)), this::echo);
    RawClient client = client();
    client.sendText("POST /echo HTTP/1.1\r\nHost: localhost\r\nX: ");

    assertThat(client.sendUntilResponse("x")).isEmpty();
  }

  @Test
  void anHttp2ConnectionIsNotIdleWhileARequestIsInProgress(@TempDir Path folder) throws Exception {
    TestCertificate certificate = TestCertificate.make(folder, "EC");
    certificate.write(folder.resolve("tls.crt"), folder.resolve("tls.key"));
    server =
        new JettyServer(
            options(LONG, 100, Duration.ofSeconds(1)),
            exchange -> {
              if (exchange.getRequestURI().getPath().equals("/wait")) {
                wait(exchange);
              } else {
                echo(exchange);
              }
            },
            () -> CompletableFuture.completedFuture(true),
            Optional.of(TlsKeys.load(folder.resolve("tls.crt"), folder.resolve("tls.key"))));
    HttpClient http =
        HttpClient.newBuilder().sslContext(TestCertificate.trusting(certificate)).build();
    CodecClient client = new CodecClient(http, URI.create("https://127.0.0.1:" + server.port()));
    CompletableFuture<HttpResponse<String>> inProgress =
        CompletableFuture.supplyAsync(() -> postUntilEntered(client, "/wait"));
    entered.await();

    assertThat(client.post("/echo", "{}").statusCode()).isEqualTo(200);
    assertThat(client().readAll()).as("a connection that was idle as long").isEmpty();
    gate.countDown();

    assertThat(inProgress.join().statusCode()).isEqualTo(200);
  }

  /** A busy machine may take longer for the handshake than a connection may be idle. */
  private HttpResponse<String> postUntilEntered(CodecClient client, String path) {
    for (int attempt = 1; ; attempt++) {
      try {
        return client.post(path, "{}");
      } catch (UncheckedIOException e) {
        if (entered.getCount() == 0 || attempt == 20) {
          throw e;
        }
      }
    }
  }

  @Test
  void anAllowedPageCanReadThatTheServerIsOverloaded() throws Exception {
    CountDownLatch allBusy = new CountDownLatch(options().maxActiveRequests());
    start(
        options(LONG, 100, LONG, Duration.ofMillis(1)),
        exchange -> {
          allBusy.countDown();
          wait(exchange);
        });
    String request = "POST /echo HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\nOrigin: ";
    for (int i = 0; i < options().maxActiveRequests(); i++) {
      client().sendText(request + ORIGIN + "\r\n\r\n");
    }
    allBusy.await();

    assertThat(client().sendText(request + ORIGIN + "\r\n\r\n").readResponse())
        .startsWith("HTTP/1.1 503 ")
        .contains(
            "Vary: Origin\r\n",
            "Access-Control-Allow-Origin: " + ORIGIN + "\r\n",
            "Access-Control-Allow-Credentials: true\r\n");
    assertThat(client().sendText(request + "https://attacker.example\r\n\r\n").readResponse())
        .startsWith("HTTP/1.1 503 ")
        .contains("Vary: Origin\r\n")
        .doesNotContain("Access-Control");
  }

  @Test
  void aRequestMayBeProcessedLongerThanAConnectionMayBeIdle() throws Exception {
    start(options(LONG, 100, Duration.ofSeconds(1)), this::wait);
    RawClient idle = client();
    RawClient client;
    do {
      client = client();
      client.sendText("POST /echo HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\n\r\n");
      // Again if a busy machine let even the idle time pass before the request arrived.
    } while (!entered.await(10, TimeUnit.SECONDS));
    idle.readAll();
    client().readAll();
    gate.countDown();

    assertThat(client.readResponse()).startsWith("HTTP/1.1 200 ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "POST", "POST /echo HTTP/1.1\r\nHost: localhost\r\n"})
  void connectionsBeyondTheLimitDoNotKeepOthersFromBeingServed(String begun) throws IOException {
    start(options(LONG, 20, LONG), this::echo);
    for (int i = 0; i < CLIENTS; i++) {
      client().sendText(begun);
    }

    assertThat(new CodecClient(server.port()).post("/echo", "{}").statusCode()).isEqualTo(200);
  }

  @Test
  void clientsThatSendSlowlyDoNotKeepOthersFromBeingServed() throws IOException {
    start(options(), codecs());
    for (int i = 0; i < CLIENTS; i++) {
      client().sendText(DECODE + "Content-Length: 9\r\n\r\n{");
    }

    assertThat(new CodecClient(server.port()).post("/decode", "{}").statusCode()).isEqualTo(200);
  }

  @Test
  void clientsThatDoNotReadDoNotKeepOthersFromBeingServed() throws IOException {
    start(options(), codecs());
    Payload large = TestPayloads.ofLetters(LARGE, 1);
    String body = TestPayloads.toJson(new GzipPayloadCodec().encode(List.of(large)).get(0));
    for (int i = 0; i < CLIENTS; i++) {
      client().sendText(DECODE + "Content-Length: " + body.length() + "\r\n\r\n" + body);
    }

    assertThat(new CodecClient(server.port()).post("/decode", "{}").statusCode()).isEqualTo(200);
  }

  private void start(ServerOptions options, com.sun.net.httpserver.HttpHandler handler)
      throws IOException {
    server = new JettyServer(options, handler, () -> ready.get(), Optional.empty());
  }

  static ServerOptions options() {
    return options(LONG, 1000, LONG);
  }

  private static ServerOptions options(
      Duration drainTimeout, int maxConnections, Duration clientTimeout) {
    return options(drainTimeout, maxConnections, clientTimeout, LONG);
  }

  private static ServerOptions options(
      Duration drainTimeout, int maxConnections, Duration clientTimeout, Duration requestTimeout) {
    return new ServerOptions(
        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
        maxConnections,
        CONCURRENT,
        1000,
        requestTimeout,
        clientTimeout,
        drainTimeout,
        Set.of(ORIGIN));
  }

  private RawClient client() throws IOException {
    RawClient client = new RawClient(server.port());
    clients.add(client);
    return client;
  }

  /** Responds with the path and the body, or with the header Host. */
  private void echo(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().getRawPath();
      String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
      handled.incrementAndGet();
      String response =
          path.equals("/host") ? exchange.getRequestHeaders().getFirst("Host") : path + " " + body;
      exchange.sendResponseHeaders(200, response.length());
      exchange.getResponseBody().write(response.getBytes(UTF_8));
    }
  }

  private void wait(HttpExchange exchange) throws IOException {
    entered.countDown();
    try {
      gate.await();
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
    echo(exchange);
  }

  /** The handler of the program, while it waits for slow clients. */
  private static CodecHandler codecs() {
    ExternalStorage storage =
        ExternalStorage.newBuilder().setDriver(InMemoryStorageDriver.newBuilder().build()).build();
    NamespaceCodec codec =
        NamespaceCodec.newBuilder(storage).setPreStorageCodec(new GzipPayloadCodec()).build();
    return CodecHandler.newBuilder()
        .setNamespaces(Map.of("default", codec))
        .setMaxConcurrentTransfers(options().maxConcurrentTransfers())
        .setClientTimeout(LONG)
        .build();
  }

  /** The last connection is refused, or reset because the port is closed while it connects. */
  private static void awaitNotListening(int port) {
    assertThatThrownBy(
            () -> {
              while (true) {
                try (RawClient client = new RawClient(port)) {
                  client.readUntilBroken();
                }
              }
            })
        .isInstanceOf(SocketException.class);
  }
}
