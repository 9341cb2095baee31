package io.github.externalstorage.codec.http;

import static io.github.externalstorage.fixtures.TestPayloads.encode;
import static io.github.externalstorage.fixtures.TestPayloads.json;
import static io.github.externalstorage.fixtures.TestPayloads.ofLetters;
import static io.github.externalstorage.fixtures.TestPayloads.toJson;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.externalstorage.driver.InMemoryStorageDriver;
import io.github.externalstorage.fixtures.CodecClient;
import io.github.externalstorage.fixtures.CountingStorageDriver;
import io.github.externalstorage.fixtures.RawClient;
import io.temporal.api.common.v1.Payload;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.Collections;
import org.junit.jupiter.api.Test;

final class LimitsTest {

  private static final int MANY = 100;

  private final CountingStorageDriver driver =
      new CountingStorageDriver(InMemoryStorageDriver.newBuilder().build());

  private CodecHandler.Builder handler() {
    return Wiring.handler(Wiring.codec(driver));
  }

  @Test
  void aBodyOverTheLimitIsRejectedWithoutBeingReadToItsEnd() throws IOException {
    try (CodecServer server = Wiring.start(handler().setMaxBodySize(1000));
        RawClient raw = new RawClient(server.getPort())) {
      raw.send(
          "POST /decode HTTP/1.1",
          "Host: localhost",
          "X-Namespace: default",
          "Content-Type: application/json",
          "Content-Length: 10000000000",
          "");

      assertThat(raw.readResponse()).startsWith("HTTP/1.1 413 ").contains("1000 bytes");
    }
  }

  @Test
  void aClientThatSendsABodyOverTheLimitCompletelySeesTheResponse() throws IOException {
    try (CodecServer server = Wiring.start(handler().setMaxBodySize(100_000))) {
      CodecClient client = new CodecClient(server.getPort());

      HttpResponse<String> response = client.post("/decode", " ".repeat(20_000_000));

      assertThat(response.statusCode()).isEqualTo(413);
    }
  }

  @Test
  void aChunkedBodyOverTheLimitIsRejected() throws IOException {
    try (CodecServer server = Wiring.start(handler().setMaxBodySize(1000));
        RawClient raw = new RawClient(server.getPort())) {
      raw.send(
          "POST /decode HTTP/1.1",
          "Host: localhost",
          "X-Namespace: default",
          "Content-Type: application/json",
          "Transfer-Encoding: chunked",
          "",
          "7d0",
          " ".repeat(2000));

      assertThat(raw.readResponse()).startsWith("HTTP/1.1 413 ");
    }
  }

  @Test
  void aBodyOfExactlyTheLimitIsServed() throws IOException {
    String body = toJson(json("1"));
    try (CodecServer server = Wiring.start(handler().setMaxBodySize(body.length()))) {
      CodecClient client = new CodecClient(server.getPort());

      assertThat(client.post("/decode", body).statusCode()).isEqualTo(200);
      assertThat(client.post("/decode", body + " ").statusCode()).isEqualTo(413);
    }
  }

  @Test
  void tooManyPayloadsAreRejected() throws IOException {
    try (CodecServer server = Wiring.start(handler().setMaxPayloads(1))) {
      CodecClient client = new CodecClient(server.getPort());

      assertThat(client.post("/decode", toJson(json("1"))).statusCode()).isEqualTo(200);
      assertThat(client.post("/decode", toJson(json("1"), json("2"))).statusCode()).isEqualTo(413);
    }
  }

  @Test
  void whatDecodesToTooMuchIsRejectedAfterAFewPayloads() throws IOException {
    Payload large = ofLetters(10_000, 1);
    Payload[] bombs = Collections.nCopies(MANY, encode(Wiring.GZIP, large)).toArray(Payload[]::new);
    try (CodecServer server = Wiring.start(handler().setMaxDecodedSize(25_000))) {
      HttpResponse<String> response =
          new CodecClient(server.getPort()).post("/decode", toJson(bombs));

      assertThat(response.statusCode()).isEqualTo(413);
      assertThat(response.body()).contains("25000 bytes");
    }
  }

  @Test
  void whatIsDownloadedTooMuchIsNotFetchedToItsEnd() throws IOException {
    try (CodecServer server = Wiring.start(handler().setMaxDecodedSize(25_000))) {
      CodecClient client = new CodecClient(server.getPort());
      Payload[] references = new Payload[MANY];
      for (int i = 0; i < MANY; i++) {
        references[i] = client.post("/encode", ofLetters(10_000, i)).get(0);
      }
      // Another storage has none of them in its cache.
      try (CodecServer other = Wiring.start(handler().setMaxDecodedSize(25_000))) {
        HttpResponse<String> response =
            new CodecClient(other.getPort()).post("/download", toJson(references));

        assertThat(response.statusCode()).isEqualTo(413);
        assertThat(driver.retrievals()).isLessThan(MANY);
      }
    }
  }

  @Test
  void aRequestThatNeedsMoreMemoryThanThereIsIsRejected() throws IOException {
    try (CodecServer server = Wiring.start(handler().setMaxBytesInFlight(1000))) {
      CodecClient client = new CodecClient(server.getPort());

      assertThat(client.post("/decode", toJson(json("1"))).statusCode()).isEqualTo(200);
      assertThat(client.post("/decode", toJson(ofLetters(2000, 1))).statusCode()).isEqualTo(413);
    }
  }

  @Test
  void aRetrievedPayloadCountsOnceIfNoCodecChangesIt() throws IOException {
    CodecHandler.Builder plain = Wiring.handler(NamespaceCodec.newBuilder(Wiring.storage(driver)));
    Payload[] payloads = {ofLetters(50_000, 1), ofLetters(50_000, 2)};
    Payload[] references;
    try (CodecServer server = Wiring.start(plain)) {
      references =
          new CodecClient(server.getPort()).post("/encode", payloads).toArray(new Payload[0]);
    }
    try (CodecServer server = Wiring.start(plain.setMaxBytesInFlight(120_000))) {
      assertThat(new CodecClient(server.getPort()).post("/download", references))
          .containsExactly(payloads);
    }
  }

  @Test
  void encodingCanBeSwitchedOff() throws IOException {
    try (CodecServer server = Wiring.start(handler().setEncodeEnabled(false))) {
      CodecClient client = new CodecClient(server.getPort());

      assertThat(client.post("/encode", toJson(json("1"))).statusCode()).isEqualTo(404);
      assertThat(client.post("/decode", toJson(json("1"))).statusCode()).isEqualTo(200);
    }
    assertThat(driver.stores()).isZero();
  }
}
