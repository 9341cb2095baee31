package io.github.externalstorage.codec.http;

import static io.github.externalstorage.fixtures.TestPayloads.encode;
import static io.github.externalstorage.fixtures.TestPayloads.fromJson;
import static io.github.externalstorage.fixtures.TestPayloads.json;
import static io.github.externalstorage.fixtures.TestPayloads.toJson;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.github.externalstorage.fixtures.CodecClient;
import io.github.externalstorage.fixtures.RawClient;
import io.temporal.api.common.v1.Payload;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Other clients are served while malicious ones use as many resources as they can. */
final class AttacksTest {

  private static final Payload SMALL = json("1");
  private static final int MANY = 10_000;

  /** What a client may get while others need memory. */
  private static final int OVERLOADED = 503;

  /** What it may get as well if it is slow then, for example because the CPU is busy. */
  private static final int TOO_SLOW = 408;

  private static final int DISCONNECTED = -1;

  private final ExecutorService threads = Executors.newCachedThreadPool();
  private AttackedServer server;
  private CodecClient client;

  @BeforeEach
  void start() throws IOException {
    server = AttackedServer.start();
    client = new CodecClient(server.port());
  }

  @AfterEach
  void stop() {
    server.close();
    threads.shutdownNow();
  }

  @Test
  void manyMetadataKeys() {
    StringBuilder keys = new StringBuilder();
    for (int i = 0; i < 300_000; i++) {
      keys.append("\"k").append(i).append("\":\"\",");
    }
    String body = "{\"payloads\":[{\"metadata\":{" + keys + "\"k\":\"\"}}]}";

    assertAttacked(statuses(40, body), 413);
  }

  @Test
  void manyEmptyExternalPayloads() {
    String body = "{\"payloads\":[{\"externalPayloads\":[" + "{},".repeat(20_000_000) + "{}]}]}";

    assertThat(statuses(1, body)).containsOnly(413);
  }

  @Test
  void longNames() {
    String key = "k".repeat(20 << 20);
    String body = "{\"payloads\":[{\"metadata\":{\"" + key + "\":\"\"}}]}";

    assertAttacked(statuses(8, body), 413);
  }

  @Test
  void longNamesOfUnknownFields() {
    String body = "{\"payloads\":[],\"" + "k".repeat(60 << 20) + "\":1}";

    assertAttacked(statuses(4, body), 413);
  }

  @Test
  void largeBodies() {
    String body = "{\"payloads\":[{\"data\":\"" + "A".repeat(60 << 20) + "\"}]}";

    assertAttacked(statuses(8, body), 200);
  }

  /** They decompress to something that is not a payload, so that no response is large. */
  @Test
  void payloadsThatDecompressToALot() throws IOException {
    String body = compressed(100, new byte[1 << 20]);

    assertAttacked(statuses(64, body), 422);
  }

  @Test
  void payloadsThatDecompressToManyFields() throws IOException {
    byte[] externalPayloads = new byte[1 << 20];
    for (int i = 0; i < externalPayloads.length; i += 2) {
      externalPayloads[i] = Payload.EXTERNAL_PAYLOADS_FIELD_NUMBER << 3 | 2;
    }

    assertAttacked(statuses(8, compressed(100, externalPayloads)), 413);
  }

  /** The JSON of a payload of gzip. */
  private static String compressed(int times, byte[] content) throws IOException {
    ByteString.Output compressed = ByteString.newOutput();
    try (OutputStream gzip = new GZIPOutputStream(compressed)) {
      for (int i = 0; i < times; i++) {
        gzip.write(content);
      }
    }
    return toJson(
        Payload.newBuilder()
            .putMetadata("encoding", ByteString.copyFromUtf8("binary/gzip"))
            .setData(compressed.toByteString())
            .build());
  }

  @Test
  void downloadsOfLargeObjects() {
    List<String> bodies = references(64, 1, LargeObjects.payloadSize());

    assertAttacked(statuses("/download", bodies), 200);
  }

  @Test
  void downloadsOfManyLargeObjectsAtOnce() {
    List<String> bodies = references(8, 32, LargeObjects.payloadSize());

    assertAttacked(statuses("/download", bodies), 413);
  }

  @Test
  void downloadsThatStateNoSize() {
    List<String> bodies = references(64, 2, 0);

    assertAttacked(statuses("/download", bodies), 200);
  }

  @Test
  void downloadsThatStateTooSmallASize() {
    List<String> bodies = references(64, 32, 1);

    assertAttacked(statuses("/download", bodies), 422);
  }

  /** The bodies of requests, each with references to objects that no other one refers to. */
  private static List<String> references(int requests, int each, long sizeBytes) {
    return IntStream.range(0, requests)
        .mapToObj(
            request ->
                toJson(
                    IntStream.range(0, each)
                        .mapToObj(i -> LargeObjects.reference(request * each + i, sizeBytes))
                        .toArray(Payload[]::new)))
        .toList();
  }

  @Test
  void clientsThatReadNothing() throws IOException {
    Payload bomb = encode(Wiring.GZIP, json("\"" + "a".repeat(1 << 20) + "\""));
    String body = toJson(bomb);
    String request =
        String.join(
            "\r\n",
            "POST /decode HTTP/1.1",
            "Host: localhost",
            "X-Namespace: default",
            "Content-Type: application/json",
            "Content-Length: " + body.length(),
            "",
            body);
    List<RawClient> attackers = new ArrayList<>();
    try {
      for (int i = 0; i < 600; i++) {
        // At once: the server may disconnect a client that is slow to send the rest.
        attackers.add(new RawClient(server.port()).sendText(request));
      }
      // While so many requests are decoded, another one may have to be repeated.
      assertThat(
              Stream.generate(this::smallStatus)
                  .limit(MANY)
                  .dropWhile(status -> status != 200)
                  .findFirst())
          .contains(200);
      assertServed();
    } finally {
      for (RawClient attacker : attackers) {
        attacker.close();
      }
    }
  }

  /** As browsers and proxies do, which stay connected. */
  @Test
  void manyIdleConnections() throws IOException {
    List<RawClient> clients = new ArrayList<>();
    try {
      for (int i = 0; i < 300; i++) {
        RawClient idle = new RawClient(server.port());
        clients.add(idle);
        getHealth(idle);
      }
      for (RawClient idle : clients) {
        getHealth(idle);
      }
    } finally {
      for (RawClient idle : clients) {
        idle.close();
      }
    }
  }

  private static void getHealth(RawClient client) throws IOException {
    client.send("GET /healthz HTTP/1.1", "Host: localhost", "");
    assertThat(client.readResponse()).startsWith("HTTP/1.1 200");
  }

  /** One attack at least was processed to its end. */
  private static void assertAttacked(List<Integer> statuses, int processed) {
    assertThat(statuses)
        .isSubsetOf(processed, OVERLOADED, TOO_SLOW, DISCONNECTED)
        .contains(processed);
  }

  /** Posts a body many times at once, while others are served as well. */
  private List<Integer> statuses(int count, String body) {
    return statuses("/decode", Collections.nCopies(count, body));
  }

  /** Posts all bodies at once, while others are served as well. */
  private List<Integer> statuses(String path, List<String> bodies) {
    List<CompletableFuture<Integer>> attacks =
        bodies.stream()
            .map(
                body ->
                    CompletableFuture.supplyAsync(() -> client.postDiscarding(path, body), threads))
            .toList();
    assertServed();
    while (!attacks.stream().allMatch(CompletableFuture::isDone)) {
      assertServed();
    }
    assertServed();
    return attacks.stream()
        .map(attack -> attack.exceptionally(failure -> DISCONNECTED).join())
        .toList();
  }

  /** At the second attempt or later if a busy CPU makes this client one of the slowest. */
  private void assertServed() {
    assertThat(
            Stream.generate(this::smallStatus)
                .limit(MANY)
                .dropWhile(status -> status == TOO_SLOW || status == DISCONNECTED)
                .findFirst())
        .contains(200);
  }

  private int smallStatus() {
    try {
      HttpResponse<String> response = client.post("/decode", toJson(SMALL));
      if (response.statusCode() == 200) {
        assertThat(fromJson(response.body())).containsExactly(SMALL);
      }
      return response.statusCode();
    } catch (UncheckedIOException e) {
      return DISCONNECTED;
    }
  }
}
