package io.github.externalstorage.cli.codecserver;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.github.externalstorage.GzipPayloadCodec;
import io.github.externalstorage.fixtures.CodecClient;
import io.github.externalstorage.fixtures.JavaProcess;
import io.github.externalstorage.fixtures.RawClient;
import io.github.externalstorage.fixtures.TestPayloads;
import io.temporal.api.common.v1.Payload;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * What clients can do to the program with its default limits and a heap of 1 GiB. Others are served
 * meanwhile. Clients would be waited for until long after the test.
 */
@DisabledOnOs(OS.WINDOWS)
final class AttackTest {

  private static final String HEAD =
      String.join(
          "\r\n",
          "POST /decode HTTP/1.1",
          "Host: localhost",
          "X-Namespace: default",
          "Content-Type: application/json",
          "");

  /** The statuses that a client may get if its bodies take up the memory. */
  private static final int TOO_SLOW = 408;

  private static final int OVERLOADED = 503;
  private static final int DISCONNECTED = -1;

  private static JavaProcess process;
  private static int port;

  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final List<RawClient> clients = new ArrayList<>();

  @BeforeAll
  static void start(@TempDir Path folder) throws IOException {
    Path config =
        Files.writeString(
            folder.resolve("config.yaml"),
            """
            server: {clientTimeout: 10m, drainTimeout: 0s}
            namespaces:
              default: {bucket: payloads, codecs: gzip}
            """);
    process =
        StartScript.run(
            folder,
            StartScript.PATH,
            Map.of(
                "CODEC_SERVER_PORT", "0",
                "CODEC_SERVER_LOG_LEVEL", "error",
                "JAVA_OPTS", "-Xmx1g"),
            "codec-server",
            config.toString());
    String line = process.awaitLine("Codec server");
    port = Integer.parseInt(line.substring(line.lastIndexOf(':') + 1));
  }

  @AfterAll
  static void stop() {
    process.close();
  }

  @AfterEach
  void disconnect() throws IOException {
    for (RawClient client : clients) {
      client.close();
    }
    threads.shutdownNow();
    assertThat(bystander()).as("afterwards").isEqualTo(200);
  }

  @Test
  void connectionsWithoutARequest() throws IOException {
    for (int i = 0; i < 400; i++) {
      client().sendText(i % 2 == 0 ? "" : "POST /decode HTT");
    }

    assertThat(bystander()).isEqualTo(200);
  }

  @Test
  void bodiesThatDoNotEnd() throws IOException {
    for (int i = 0; i < 400; i++) {
      client().sendText(HEAD + "Content-Length: 1000\r\n\r\n{");
    }

    assertThat(bystander()).isEqualTo(200);
  }

  @Test
  void responsesThatAreNotRead() throws IOException {
    Payload gzip =
        new GzipPayloadCodec()
            .encode(List.of(TestPayloads.json("\"" + "x".repeat(1 << 20) + "\"")))
            .get(0);
    String body = TestPayloads.toJson(gzip);
    for (int i = 0; i < 600; i++) {
      client().sendText(HEAD + "Content-Length: " + body.length() + "\r\n\r\n" + body);
    }

    assertThat(bystander()).isIn(200, OVERLOADED);
  }

  @Test
  void manyKeysOfMetadata() {
    StringBuilder keys = new StringBuilder("{\"payloads\":[{\"metadata\":{\"k0\":\"\"");
    for (int i = 1; i < 300_000; i++) {
      keys.append(",\"k").append(i).append("\":\"\"");
    }

    assertThat(statuses(40, keys.append("}}]}").toString().getBytes(ISO_8859_1)))
        .contains(413)
        .isSubsetOf(413, TOO_SLOW, OVERLOADED, DISCONNECTED);
  }

  @Test
  void manyExternalPayloads() {
    String body = "{\"payloads\":[{\"externalPayloads\":[" + "{},".repeat(20_000_000) + "{}]}]}";

    assertThat(statuses(1, body.getBytes(ISO_8859_1))).containsOnly(413);
  }

  @Test
  void largeBodies() {
    byte[] data = new byte[45 << 20];
    String body =
        TestPayloads.toJson(Payload.newBuilder().setData(ByteString.copyFrom(data)).build());

    assertThat(statuses(8, body.getBytes(ISO_8859_1)))
        .isSubsetOf(200, TOO_SLOW, OVERLOADED, DISCONNECTED);
  }

  /** Posts a body several times at once, and meanwhile a small one. */
  private List<Integer> statuses(int count, byte[] body) {
    List<CompletableFuture<Integer>> requests = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      requests.add(
          CompletableFuture.supplyAsync(
              () -> {
                CodecClient client = new CodecClient(port);
                return client
                    .send(
                        client
                            .request("/decode")
                            .header("X-Namespace", "default")
                            .header("Content-Type", "application/json")
                            .POST(BodyPublishers.ofByteArray(body))
                            .build())
                    .statusCode();
              },
              threads));
    }
    assertThat(bystander()).isIn(200, OVERLOADED);
    return requests.stream()
        .map(request -> request.exceptionally(failure -> DISCONNECTED).join())
        .toList();
  }

  private static int bystander() {
    return new CodecClient(port)
        .post("/decode", TestPayloads.toJson(TestPayloads.json("1")))
        .statusCode();
  }

  private RawClient client() throws IOException {
    RawClient client = new RawClient(port);
    clients.add(client);
    return client;
  }
}
