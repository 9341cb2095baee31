package io.github.externalstorage.cli.codecserver;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.externalstorage.cli.Main;
import io.github.externalstorage.fixtures.CodecClient;
import io.github.externalstorage.fixtures.Compiler;
import io.github.externalstorage.fixtures.JavaProcess;
import io.github.externalstorage.fixtures.PausedOutput;
import io.github.externalstorage.fixtures.TestPayloads;
import io.temporal.api.common.v1.Payload;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What only a separate process can show: what it prints, and how it ends. */
final class ProcessTest {

  /** The exit status that a shell reports for a terminated process: 128 + SIGTERM. */
  private static final int TERMINATED = 143;

  private static final String MAIN = Main.class.getName();

  @TempDir private Path folder;

  @Test
  void servesUntilItIsTerminated() throws Exception {
    TestTokens issuer = TestTokens.withKey("key");
    String token = issuer.token("orders:write");
    Payload payload = TestPayloads.ofLetters(300_000, 1);
    Files.writeString(folder.resolve("keys.json"), issuer.keys());
    try (TestS3 s3 = new TestS3("payloads");
        JavaProcess process =
            start(
                Map.of("S3", s3.endpoint(), "CODEC_SERVER_LOG_LEVEL", "debug"),
                """
                namespaces:
                  orders:
                    bucket: payloads
                    endpoint: ${S3}
                jwt:
                  keys: keys.json
                  issuer: https://id.example.com/
                  audience: temporal-codec-server
                """)) {
      CodecClient client = client(process);
      assertThat(process.awaitLine("Namespaces")).isEqualTo("Namespaces: orders");
      assertThat(process.awaitLine("Callers")).isEqualTo("Callers: those with a token");

      HttpResponse<String> encoded = post(client, "/encode", token, payload);
      assertThat(encoded.statusCode()).isEqualTo(200);
      Payload reference = TestPayloads.fromJson(encoded.body()).get(0);
      HttpResponse<String> downloaded = post(client, "/download", token, reference);
      assertThat(TestPayloads.fromJson(downloaded.body())).containsExactly(payload);
      String forged = TestTokens.withKey("key").token("orders:write");
      assertThat(post(client, "/decode", forged, payload).statusCode()).isEqualTo(401);

      assertThat(process.awaitLine("path=/download"))
          .contains("AccessLog", "subject=alice", "status=200", "keys=v0/ns/orders/");
      process.stop();
      assertThat(process.exitCode()).isEqualTo(TERMINATED);
      assertThat(process.output())
          .endsWith("Codec server stopped\n")
          .doesNotContain(
              "secret-key-of-the-test",
              token,
              forged,
              token.substring(token.lastIndexOf('.') + 1),
              payload.getData().substring(10, 40).toStringUtf8());
      assertThat(process.errors()).isEmpty();
    }
  }

  @Test
  void mayBeTerminatedAsSoonAsItSaysThatItListens() throws Exception {
    Path file =
        Files.writeString(
            folder.resolve("config.yaml"), "namespaces: {orders: {bucket: payloads}}");
    try (JavaProcess process =
        JavaProcess.start(
            folder,
            Map.of("CODEC_SERVER_PORT", "0"),
            PausedOutput.class.getName(),
            "listens on",
            MAIN,
            "codec-server",
            file.toString())) {
      process.awaitLine("listens on");
      process.stop();

      assertThat(process.exitCode()).isEqualTo(TERMINATED);
      assertThat(process.output()).endsWith("Codec server stopped\n");
      assertThat(process.errors()).isEmpty();
    }
  }

  @Test
  void completesRequestsInProgressWhenItIsStopped() throws Exception {
    writeCodec();
    try (JavaProcess process =
        start(
            Map.of(),
            """
            namespaces:
              orders: {bucket: payloads, codecs: WaitingCodec}
            """)) {
      CodecClient client = client(process);
      CompletableFuture<Payload> decoded =
          CompletableFuture.supplyAsync(
              () -> client.post("/decode", "orders", TestPayloads.json("1")));
      process.awaitLine("the codec waits");
      process.stop();
      process.awaitLine("Codec server is stopping");
      process.sendLine();

      assertThat(decoded.join()).isEqualTo(TestPayloads.json("1"));
      assertThat(process.exitCode()).isEqualTo(TERMINATED);
      assertThat(process.output()).endsWith("Codec server stopped\n");
    }
  }

  @Test
  void reloadsItsFilesByItself() throws Exception {
    String yaml =
        """
        reloadInterval: 1s
        namespaces:
          orders: {bucket: payloads}
        """;
    try (JavaProcess process = start(Map.of(), yaml)) {
      CodecClient client = client(process);
      Files.writeString(folder.resolve("config.yaml"), yaml + "encod: true");
      assertThat(process.awaitLine("config.yaml:4: encod is not a setting"))
          .contains(
              "ERROR CodecServerProgram - Ignoring invalid configuration: ",
              "did you mean 'encode'?");

      Files.writeString(
          folder.resolve("config.yaml"), yaml.replace("orders:", "billing:") + "encode: false");
      process.awaitLine("Reloaded the configuration, with namespaces billing");
      assertThat(process.awaitLine("WARN"))
          .contains("Changed settings that need a restart: encode");
      assertThat(client.status("/decode", "X-Namespace", "billing")).isEqualTo(200);
    }
  }

  @Test
  void rejectsAWrongConfigurationInALine() throws Exception {
    try (JavaProcess process =
        start(Map.of(), "namespaces: {orders: {bucket: payloads, regoin: x}}")) {
      assertThat(process.exitCode()).isEqualTo(1);
      assertThat(process.output()).isEmpty();
      assertThat(process.errors())
          .containsExactly(
              folder.resolve("config.yaml")
                  + ":1: namespaces.orders.regoin is not a setting; did you mean 'region'?");
    }
  }

  @Test
  void saysThatAPortIsInUse() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        JavaProcess process =
            start(
                Map.of("CODEC_SERVER_PORT", Integer.toString(taken.getLocalPort())),
                "namespaces: {orders: {bucket: payloads}}")) {
      assertThat(process.exitCode()).isEqualTo(1);
      assertThat(process.errors())
          .singleElement()
          .asString()
          .contains("can't listen on 127.0.0.1:" + taken.getLocalPort());
    }
  }

  private JavaProcess start(Map<String, String> environment, String yaml) throws IOException {
    Path file = Files.writeString(folder.resolve("config.yaml"), yaml);
    Map<String, String> all = new HashMap<>(Map.of("CODEC_SERVER_PORT", "0"));
    all.putAll(environment);
    return JavaProcess.start(folder, all, MAIN, "codec-server", file.toString());
  }

  private static CodecClient client(JavaProcess process) throws IOException {
    String line = process.awaitLine("Codec server");
    return new CodecClient(URI.create(line.substring(line.indexOf("http"))));
  }

  private static HttpResponse<String> post(
      CodecClient client, String path, String token, Payload payload) {
    return client.post(
        path,
        TestPayloads.toJson(payload),
        "X-Namespace",
        "orders",
        "Authorization",
        "Bearer " + token);
  }

  /** A company's own codec: not part of the program, but on its class path. */
  private void writeCodec() throws IOException {
    Compiler.compile(
        folder,
        "WaitingCodec",
        """
        import io.temporal.api.common.v1.Payload;
        import io.temporal.payload.codec.PayloadCodec;
        import java.io.IOException;
        import java.io.UncheckedIOException;
        import java.util.List;

        public class WaitingCodec implements PayloadCodec {
          public List<Payload> encode(List<Payload> payloads) {
            return payloads;
          }

          public List<Payload> decode(List<Payload> payloads) {
            System.out.println("the codec waits");
            try {
              System.in.read();
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
            return payloads;
          }
        }
        """);
  }
}
