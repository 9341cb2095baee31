package io.github.externalstorage.codec.http;

import static io.github.externalstorage.fixtures.TestPayloads.encode;
import static io.github.externalstorage.fixtures.TestPayloads.json;
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
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Clients that are slow to send and to read. */
final class SlowClientsTest {

  /** More than the handler waits for at once. */
  private static final int CLIENTS = 160;

  private static final int ATTEMPTS = 20;
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
  private final BlockingQueue<CodecRequestEvent> completed = new LinkedBlockingQueue<>();

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
        .setListener(completed::add);
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
  void getAResponseWhenTheySendTooLittle() throws Exception {
    try (CodecServer server = Wiring.start(handler().setClientTimeout(TIMEOUT))) {
      String response =
          firstResponse(
              "HTTP/1.1 408 ",
              server,
              client ->
                  client
                      .sendText(HEAD + "Content-Length: 1000000\r\n\r\n{")
                      .sendUntilResponse(" "));

      assertThat(response).contains("Connection: close");
    }
  }

  @Test
  void loseTheirConnectionWhenTheySendNothing() throws Exception {
    try (CodecServer server = Wiring.start(handler().setClientTimeout(TIMEOUT))) {
      for (int i = 0; i < ATTEMPTS && completed.isEmpty(); i++) {
        try (RawClient client = new RawClient(server.getPort())) {
          client.sendText(HEAD + "Content-Length: 1000\r\n\r\n{");

          // A busy machine may be late even to read what was sent, and respond to that.
          assertThat(client.readUntilBroken()).matches("(HTTP/1.1 408 [^\0]*)?");
        }
      }

      assertThat(completed.poll(1, TimeUnit.MINUTES))
          .extracting(CodecRequestEvent::getStatus)
          .isEqualTo(408);
    }
  }

  @Test
  void loseTheirConnectionWhenTheirHeadersTakeTooLong() throws IOException {
    try (CodecServer server = Wiring.start(handler().setClientTimeout(TIMEOUT));
        RawClient client = new RawClient(server.getPort())) {
      client.sendText(HEAD);

      assertThat(client.readUntilBroken()).isEmpty();
    }
  }

  @Test
  void loseTheirConnectionWhenTheyDoNotReadTheResponse() throws Exception {
    Payload large = json("\"" + "a".repeat(5_000_000) + "\"");
    String body = toJson(encode(Wiring.GZIP, large));
    try (CodecServer server = Wiring.start(handler().setClientTimeout(TIMEOUT))) {
      String response =
          firstResponse(
              "HTTP/1.1 200 ",
              server,
              client -> {
                client.sendText(HEAD + "Content-Length: " + body.length() + "\r\n\r\n" + body);
                completed.poll(1, TimeUnit.MINUTES);
                return client.readUntilBroken();
              });

      assertThat(response).hasSizeLessThan(large.getSerializedSize());
    }
  }

  private interface Attempt {
    String response(RawClient client) throws Exception;
  }

  /**
   * The response that a client gets. A busy machine may make it slower than it means to be; then
   * another client tries.
   */
  private static String firstResponse(String start, CodecServer server, Attempt attempt)
      throws Exception {
    List<String> others = new ArrayList<>();
    while (others.size() < ATTEMPTS) {
      try (RawClient client = new RawClient(server.getPort())) {
        String response = attempt.response(client);
        if (response.startsWith(start)) {
          return response;
        }
        others.add(response);
      }
    }
    throw new AssertionError("No response began with " + start + ": " + others);
  }
}
