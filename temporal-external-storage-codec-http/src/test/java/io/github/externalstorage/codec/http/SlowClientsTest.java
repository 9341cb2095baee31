package io.github.externalstorage.codec.http;

import static io.github.externalstorage.fixtures.TestPayloads.json;
import static io.github.externalstorage.fixtures.TestPayloads.ofLetters;
import static io.github.externalstorage.fixtures.TestPayloads.toJson;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.externalstorage.codec.http.spi.CodecRequestEvent;
import io.github.externalstorage.driver.InMemoryStorageDriver;
import io.github.externalstorage.fixtures.CodecClient;
import io.github.externalstorage.fixtures.RawClient;
import io.temporal.api.common.v1.Payload;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Clients that are slow to send and to read. */
final class SlowClientsTest {

  /** More than the handler waits for at once. */
  private static final int CLIENTS = 160;

  private static final Duration TIMEOUT = Duration.ofMillis(100);
  private static final String HEAD =
      String.join(
          "\r\n",
          "POST /decode HTTP/1.1",
          "Host: localhost",
          "X-Namespace: default",
          "Content-Type: application/json",
          "");

  private final List<RawClient> slow = new ArrayList<>();
  private final CompletableFuture<CodecRequestEvent> completed = new CompletableFuture<>();

  @AfterEach
  void disconnect() throws IOException {
    for (RawClient client : slow) {
      client.close();
    }
  }

  private CodecHandler.Builder handler() {
    InMemoryStorageDriver driver = InMemoryStorageDriver.newBuilder().build();
    return Wiring.handler(Wiring.codec(driver))
        .setMaxConcurrentRequests(2)
        .setListener(completed::complete);
  }

  static Stream<String> beginnings() {
    return Stream.of("", "POST", HEAD, HEAD + "Content-Length: 1000\r\n\r\n{");
  }

  @ParameterizedTest
  @MethodSource("beginnings")
  void doNotKeepOthersFromBeingServed(String begun) throws IOException {
    try (CodecServer server =
        CodecServer.newBuilder(handler().build())
            .setPort(0)
            .setDrainTimeout(Duration.ZERO)
            .start()) {
      for (int i = 0; i < CLIENTS; i++) {
        slow.add(new RawClient(server.getPort()).sendText(begun));
      }

      assertThat(new CodecClient(server.getPort()).post("/decode", json("1")))
          .containsExactly(json("1"));
    }
  }

  @Test
  void getAResponseWhenTheySendTooLittle() throws IOException {
    try (CodecServer server = Wiring.start(handler().setClientTimeout(TIMEOUT));
        RawClient client = new RawClient(server.getPort())) {
      client.sendText(HEAD + "Content-Length: 1000000\r\n\r\n{");

      assertThat(client.sendUntilResponse(" "))
          .startsWith("HTTP/1.1 408 ")
          .contains("Connection: close");
    }
  }

  @Test
  void loseTheirConnectionWhenTheySendNothing() throws IOException {
    try (CodecServer server = Wiring.start(handler().setClientTimeout(TIMEOUT));
        RawClient client = new RawClient(server.getPort())) {
      client.sendText(HEAD + "Content-Length: 1000\r\n\r\n{");

      assertThat(client.readAll()).isEmpty();
      assertThat(completed).succeedsWithin(Duration.ofMinutes(1));
      assertThat(completed.join().getStatus()).isEqualTo(408);
    }
  }

  @Test
  void loseTheirConnectionWhenTheirHeadersTakeTooLong() throws IOException {
    try (CodecServer server = Wiring.start(handler().setClientTimeout(TIMEOUT));
        RawClient client = new RawClient(server.getPort())) {
      client.sendText(HEAD);

      assertThat(client.readAll()).isEmpty();
    }
  }

  @Test
  void loseTheirConnectionWhenTheyDoNotReadTheResponse() throws Exception {
    Payload large = ofLetters(5_000_000, 1);
    String body = toJson(large);
    try (CodecServer server = Wiring.start(handler().setClientTimeout(TIMEOUT));
        RawClient client = new RawClient(server.getPort())) {
      client.sendText(HEAD + "Content-Length: " + body.length() + "\r\n\r\n" + body);

      assertThat(completed).succeedsWithin(Duration.ofMinutes(1));
      assertThat(client.readUntilBroken())
          .startsWith("HTTP/1.1 200 ")
          .hasSizeLessThan(large.getSerializedSize());
    }
  }
}
