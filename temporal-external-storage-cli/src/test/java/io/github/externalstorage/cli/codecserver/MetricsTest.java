package io.github.externalstorage.cli.codecserver;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.externalstorage.fixtures.CodecClient;
import io.github.externalstorage.fixtures.RawClient;
import io.github.externalstorage.fixtures.TestPayloads;
import io.temporal.api.common.v1.Payload;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The metrics, and where they are. */
final class MetricsTest {

  @TempDir private Path folder;

  @Test
  void countsOnAPortOfItsOwn() throws Exception {
    try (TestS3 s3 = new TestS3("payloads");
        TestProgram program =
            TestProgram.start(
                folder,
                """
                namespaces:
                  orders: {bucket: payloads, endpoint: "%s"}
                metrics: {port: 0}
                """
                    .formatted(s3.endpoint()))) {
      CodecClient client = program.client();
      Payload reference = client.post("/encode", "orders", TestPayloads.ofLetters(300_000, 1));
      client.post("/download", "orders", reference);
      client.post("/decode", "{}", "X-Namespace", "of-a-stranger-4711");
      client.post("/no-such-thing", "{}");

      HttpResponse<String> page =
          pageWith(program, "codec_server_requests_total{operation=\"none\"");

      assertThat(page.statusCode()).isEqualTo(200);
      assertThat(page.headers().firstValue("Content-Type").orElse("")).startsWith("text/plain");
      assertThat(page.body())
          .contains(
              "codec_server_requests_total{operation=\"encode\",status=\"200\"} 1.0",
              "codec_server_requests_total{operation=\"download\",status=\"200\"} 1.0",
              "codec_server_requests_total{operation=\"decode\",status=\"404\"} 1.0",
              "codec_server_requests_total{operation=\"none\",status=\"404\"} 1.0",
              "codec_server_request_duration_seconds_count{operation=\"encode\"} 1",
              "codec_server_received_bytes_total{operation=\"encode\"}",
              "codec_server_sent_bytes_total{operation=\"download\"}",
              "codec_server_storage_payloads_total{operation=\"store\",outcome=\"done\"} 1.0",
              "codec_server_storage_duration_seconds_count{operation=\"store\"} 1",
              "codec_server_config_last_reload_successful 1.0",
              "jvm_memory_used_bytes")
          .doesNotContain("stranger", "no-such-thing");
    }
  }

  /** The metrics once they contain a text: a request is counted just after its response is sent. */
  private static HttpResponse<String> pageWith(TestProgram program, String text) {
    return Stream.generate(() -> program.metrics().get("/metrics"))
        .limit(10_000)
        .filter(page -> page.body().contains(text))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void areNotOnTheServersPort() throws Exception {
    try (TestProgram program =
        TestProgram.start(
            folder,
            """
            namespaces:
              orders: {bucket: payloads, region: us-east-1}
            metrics: {port: 0}
            """)) {
      assertThat(program.client().get("/metrics").statusCode()).isEqualTo(404);
      assertThat(program.client().get("/healthz").statusCode()).isEqualTo(200);
      assertThat(program.metrics().status("/decode", "X-Namespace", "orders")).isEqualTo(404);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "localhost, 200",
    "127.0.0.1:9464, 200",
    "[::1]:9464, 200",
    "LOCALHOST:9464, 200",
    "metrics.example.com:9464, 200",
    "attacker.example, 403",
    "attacker.example:9464, 403",
    "localhost.attacker.example, 403",
    "127.0.0.1.attacker.example, 403",
    "'', 403",
  })
  void areServedOnLoopbackToNamesOfLoopbackOnly(String host, int status) throws Exception {
    try (TestProgram program =
            TestProgram.start(
                folder,
                """
                web: {hosts: [metrics.example.com]}
                namespaces:
                  orders: {bucket: payloads, region: us-east-1}
                metrics: {port: 0}
                """);
        RawClient client = new RawClient(program.metricsUrl().getPort())) {
      client.send("GET /metrics HTTP/1.1", "Host: " + host, "Connection: close", "");

      assertThat(client.readHead()).startsWith("HTTP/1.1 " + status);
    }
  }
}
