package io.github.externalstorage.codec.http;

import static io.github.externalstorage.fixtures.TestPayloads.json;
import static io.github.externalstorage.fixtures.TestPayloads.toJson;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.externalstorage.driver.InMemoryStorageDriver;
import io.github.externalstorage.fixtures.CodecClient;
import io.github.externalstorage.fixtures.RawClient;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class DrainTest {

  private static final String BODY = toJson(json("1"));

  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final GatedCodec gate = new GatedCodec();
  private CodecServer.Builder builder;

  @BeforeEach
  void prepare() {
    InMemoryStorageDriver driver = InMemoryStorageDriver.newBuilder().build();
    CodecHandler handler = Wiring.handler(Wiring.codec(driver).setPreStorageCodec(gate)).build();
    builder = CodecServer.newBuilder(handler).setPort(0);
  }

  @AfterEach
  void end() {
    gate.open();
    threads.shutdown();
  }

  @Test
  void requestsInProgressAreCompletedAndNewOnesAreNotAccepted() throws Exception {
    CodecServer server = builder.start();
    CodecClient client = new CodecClient(server.getPort());
    CompletableFuture<HttpResponse<String>> underWay =
        CompletableFuture.supplyAsync(() -> client.post("/decode", BODY), threads);
    gate.awaitArrivals(1);

    CompletableFuture<Void> closed = CompletableFuture.runAsync(server::close, threads);
    awaitRejection(server.getPort());
    assertThat(closed).isNotDone();
    gate.open();

    assertThat(underWay.join().statusCode()).isEqualTo(200);
    assertThat(underWay.join().headers().firstValue("Connection")).contains("close");
    assertThat(closed).succeedsWithin(Duration.ofSeconds(30));
  }

  @Test
  void connectionsWithoutARequestHoldNothingUp() throws Exception {
    CodecServer server = builder.setDrainTimeout(Duration.ofHours(1)).start();
    try (RawClient idle = new RawClient(server.getPort());
        RawClient begun = new RawClient(server.getPort()).sendText("POST /dec")) {
      gate.open();
      new CodecClient(server.getPort()).post("/decode", BODY);

      assertThat(CompletableFuture.runAsync(server::close, threads))
          .succeedsWithin(Duration.ofSeconds(30));
      assertThat(idle.readUntilBroken()).isEmpty();
      assertThat(begun.readUntilBroken()).isEmpty();
    }
  }

  @Test
  void requestsThatDoNotEndAreAborted() throws Exception {
    CodecServer server = builder.setDrainTimeout(Duration.ofMillis(50)).start();
    try (RawClient client = new RawClient(server.getPort())) {
      client.send(
          "POST /decode HTTP/1.1",
          "Host: localhost",
          "X-Namespace: default",
          "Content-Type: application/json",
          "Content-Length: " + BODY.length(),
          "",
          BODY);
      gate.awaitArrivals(1);

      server.close();

      assertThat(client.readUntilBroken()).isEmpty();
    }
  }

  @Test
  void closingTwiceIsClosingOnce() throws IOException {
    CodecServer server = builder.start();
    try (RawClient idle = new RawClient(server.getPort())) {
      server.close();
      server.close();

      assertThat(idle.readUntilBroken()).isEmpty();
      assertThatThrownBy(() -> new RawClient(server.getPort()))
          .isInstanceOf(ConnectException.class);
    }
  }

  /** Until the server no longer listens. */
  private static void awaitRejection(int port) throws IOException {
    while (true) {
      try {
        new RawClient(port).close();
      } catch (ConnectException e) {
        return;
      } catch (SocketException e) {
        // The port was closed while this connected.
      }
    }
  }
}
