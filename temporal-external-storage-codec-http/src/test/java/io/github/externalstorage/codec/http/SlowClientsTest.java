package io.github.externalstorage.codec.http;

import static io.github.externalstorage.codec.http.TestPayloads.json;
import static io.github.externalstorage.codec.http.TestPayloads.ofLetters;
import static io.github.externalstorage.codec.http.TestPayloads.toJson;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.externalstorage.driver.InMemoryStorageDriver;
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

/** Clients that keep the server waiting. */
final class SlowClientsTest {

  private static final int PLACES = 8;
  private static final String HEAD =
      String.join(
          "\r\n",
          "POST /decode HTTP/1.1",
          "Host: localhost",
          "X-Namespace: default",
          "Content-Type: application/json",
          "");

  private final List<RawClient> slow = new ArrayList<>();
  private final CompletableFuture<CompletedCodecRequest> completed = new CompletableFuture<>();

  @AfterEach
  void disconnect() throws IOException {
    for (RawClient client : slow) {
      client.close();
    }
  }

  private CodecServer.Builder server() {
    InMemoryStorageDriver driver = InMemoryStorageDriver.newBuilder().build();
    CodecHandler.Builder handler =
        Wiring.handler(Wiring.codec(driver))
            .setMaxConcurrentRequests(2)
            .setListener(completed::complete);
    return CodecServer.newBuilder(handler.build()).setPort(0);
  }

  static Stream<String> beginnings() {
    return Stream.of("", "POST", HEAD, HEAD + "Content-Length: 1000\r\n\r\n{");
  }

  @ParameterizedTest
  @MethodSource("beginnings")
  void doNotKeepOthersFromBeingServed(String begun) throws IOException {
    try (CodecServer server =
        server().setMaxConnections(PLACES).setDrainTimeout(Duration.ZERO).start()) {
      for (int i = 0; i < 5 * PLACES; i++) {
        slow.add(new RawClient(server.getPort()).sendText(begun));
      }

      assertThat(new CodecClient(server.getPort()).post("/decode", json("1")))
          .containsExactly(json("1"));
    }
  }

  @Test
  void areToldWhenTheirBodyTakesTooLong() throws IOException {
    try (CodecServer server = server().setClientTimeout(Duration.ofMillis(100)).start();
        RawClient client = new RawClient(server.getPort())) {
      client.sendText(HEAD + "Content-Length: 1000\r\n\r\n{");

      assertThat(client.readAll()).startsWith("HTTP/1.1 408 ").contains("Connection: close");
    }
  }

  @Test
  void loseTheirConnectionWhenTheirHeadersTakeTooLong() throws IOException {
    try (CodecServer server = server().setClientTimeout(Duration.ofMillis(100)).start();
        RawClient client = new RawClient(server.getPort())) {
      client.sendText(HEAD);

      assertThat(client.readAll()).isEmpty();
    }
  }

  @Test
  void loseTheirConnectionWhenTheyDoNotTakeTheReply() throws Exception {
    Payload large = ofLetters(5_000_000, 1);
    String body = toJson(large);
    try (CodecServer server = server().setClientTimeout(Duration.ofMillis(100)).start();
        RawClient client = new RawClient(server.getPort())) {
      client.sendText(HEAD + "Content-Length: " + body.length() + "\r\n\r\n" + body);

      assertThat(completed).succeedsWithin(Duration.ofMinutes(1));
      assertThat(client.readUntilBroken())
          .startsWith("HTTP/1.1 200 ")
          .hasSizeLessThan(large.getSerializedSize());
    }
  }
}
