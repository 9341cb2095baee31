package io.github.externalstorage.codec.http;

import static io.github.externalstorage.codec.http.TestPayloads.claimData;
import static io.github.externalstorage.codec.http.TestPayloads.json;
import static io.github.externalstorage.codec.http.TestPayloads.ofLetters;
import static io.github.externalstorage.codec.http.TestPayloads.toJson;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.externalstorage.driver.InMemoryStorageDriver;
import io.temporal.api.common.v1.Payload;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

final class AccessLogTest {

  private static CompletedCodecRequest request(String path, String subject, List<String> keys) {
    return new CompletedCodecRequest(
        "POST",
        path,
        CodecOperation.DOWNLOAD,
        "default",
        subject,
        200,
        1,
        2,
        3,
        4,
        Duration.ofMillis(5),
        keys);
  }

  @Test
  void aRequestIsOneLine() {
    assertThat(AccessLog.line(request("/download", "alice@example.com", List.of("v0/d/x", "y"))))
        .isEqualTo(
            "subject=alice@example.com method=POST path=/download namespace=default status=200"
                + " payloads_in=1 payloads_out=2 bytes_in=3 bytes_out=4 ms=5 keys=v0/d/x,y");
  }

  @Test
  void whatTheCallerChoseStaysInItsField() {
    String line =
        AccessLog.line(request("/x\r\nsubject=root y", "a status=200", List.of("k,\\é\"k")));

    assertThat(line)
        .contains("path=/x\\u000d\\u000asubject=root\\u0020y ")
        .contains("subject=a\\u0020status=200 ")
        .endsWith("keys=k\\u002c\\u005c\\u00e9\\u0022k");
  }

  @Test
  void longFieldsAreCut() {
    assertThat(AccessLog.line(request("/" + "x".repeat(60_000), "a", List.of())))
        .hasSizeLessThan(2000);
  }

  @Test
  void requestsAreToldWithWhatWasDownloaded() throws IOException {
    List<CompletedCodecRequest> completed = new CopyOnWriteArrayList<>();
    Payload reference;
    CodecHandler.Builder handler =
        Wiring.handler(Wiring.codec(InMemoryStorageDriver.newBuilder().build()))
            .setListener(completed::add);
    String body;
    try (CodecServer server = Wiring.start(handler)) {
      CodecClient client = new CodecClient(server.getPort());
      reference = client.post("/encode", ofLetters(3000, 1)).get(0);
      body = toJson(reference);
      client.post("/a/download", body);
      client.post("/decode", body);
      client.post("/other", body);
    }

    assertThat(completed).hasSize(4);
    CompletedCodecRequest download = completed.get(1);
    assertThat(download.keys()).containsExactly(claimData(reference).get("key"));
    assertThat(download.operation()).isEqualTo(CodecOperation.DOWNLOAD);
    assertThat(download.path()).isEqualTo("/a/download");
    assertThat(download.namespace()).isEqualTo("default");
    assertThat(download.payloadsReceived()).isEqualTo(1);
    assertThat(download.payloadsSent()).isEqualTo(1);
    assertThat(download.bytesReceived()).isEqualTo(body.length());
    assertThat(download.bytesSent()).isGreaterThan(3000);
    assertThat(completed.get(2).keys()).as("told for downloads only").isEmpty();
    assertThat(completed.get(3))
        .satisfies(
            unknown -> {
              assertThat(unknown.operation()).isNull();
              assertThat(unknown.status()).isEqualTo(404);
            });
  }

  @Test
  void aListenerThatFailsHurtsNobody() throws IOException {
    CodecHandler.Builder handler =
        Wiring.handler(Wiring.codec(InMemoryStorageDriver.newBuilder().build()))
            .setListener(
                request -> {
                  throw new IllegalStateException();
                });
    try (CodecServer server = Wiring.start(handler)) {
      assertThat(new CodecClient(server.getPort()).post("/decode", json("1")))
          .containsExactly(json("1"));
    }
  }
}
