package io.github.externalstorage.codec.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;
import io.github.externalstorage.driver.InMemoryStorageDriver;
import io.github.externalstorage.fixtures.CodecClient;
import io.github.externalstorage.fixtures.TestPayloads;
import io.temporal.api.common.v1.Payload;
import io.temporal.api.common.v1.Payloads;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Bodies derived from a valid one: none may fail the server or be misread as valid. */
final class MalformedBodiesTest {

  private static final long SEED = 4;
  private static final int BODIES = 300;

  private CodecServer server;
  private CodecClient client;
  private String valid;

  @BeforeEach
  void start() throws IOException {
    server = Wiring.start(Wiring.handler(Wiring.codec(InMemoryStorageDriver.newBuilder().build())));
    client = new CodecClient(server.getPort());
    Payload reference = client.post("/encode", TestPayloads.ofLetters(2000, SEED)).get(0);
    Payload inline = TestPayloads.encode(Wiring.GZIP, TestPayloads.json("[1,2,3]"));
    valid = TestPayloads.toJson(reference, inline);
    assertThat(post("/decode", valid).statusCode()).isEqualTo(200);
  }

  @AfterEach
  void stillServes() {
    assertThat(post("/decode", valid).statusCode()).isEqualTo(200);
    server.close();
  }

  @Test
  void cutBodiesAreRejected() {
    Random random = new Random(SEED);
    String body = valid.stripTrailing();
    for (int i = 0; i < BODIES; i++) {
      String cut = body.substring(0, random.nextInt(body.length()));
      assertClientError(post("/decode", cut), cut);
    }
  }

  @Test
  void nestedBodiesAreRejected() {
    Random random = new Random(SEED);
    for (int i = 0; i < BODIES; i++) {
      int at = random.nextInt(valid.length());
      String opening = random.nextBoolean() ? "[" : "{\"payloads\":";
      String nesting = opening.repeat(1 + random.nextInt(5000));
      assertRejectedUnlessPayloads(valid.substring(0, at) + nesting + valid.substring(at));
    }
  }

  @Test
  void bodiesWithABitFlippedAreRejected() {
    Random random = new Random(SEED);
    for (int i = 0; i < BODIES; i++) {
      byte[] flipped = valid.getBytes(ISO_8859_1);
      flipped[random.nextInt(flipped.length)] ^= (byte) (1 << random.nextInt(8));
      assertRejectedUnlessPayloads(new String(flipped, ISO_8859_1));
    }
  }

  /** Within a name or base64, a change may result in other payloads. */
  private void assertRejectedUnlessPayloads(String body) {
    HttpResponse<String> response = post("/decode", body);
    if (response.statusCode() == 200) {
      assertThat(protobufReads(body)).as(body).isTrue();
    } else {
      assertClientError(response, body);
    }
  }

  private static void assertClientError(HttpResponse<String> response, String body) {
    assertThat(response.statusCode()).as(body).isBetween(400, 499);
    assertThat(response.body()).as(body).matches("\\{\"error\":\"[^\n]{1,600}\"}");
  }

  private HttpResponse<String> post(String path, String body) {
    return client.send(
        client
            .request(path)
            .header("Content-Type", "application/json")
            .header("X-Namespace", "default")
            .POST(BodyPublishers.ofByteArray(body.getBytes(ISO_8859_1)))
            .build());
  }

  private static boolean protobufReads(String body) {
    try {
      JsonFormat.parser().ignoringUnknownFields().merge(body, Payloads.newBuilder());
      return true;
    } catch (InvalidProtocolBufferException e) {
      return false;
    }
  }
}
