package io.github.externalstorage.codec.http;

import static io.github.externalstorage.fixtures.TestPayloads.claimData;
import static io.github.externalstorage.fixtures.TestPayloads.json;
import static io.github.externalstorage.fixtures.TestPayloads.ofLetters;
import static io.github.externalstorage.fixtures.TestPayloads.toJson;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.externalstorage.codec.http.spi.CodecOperation;
import io.github.externalstorage.codec.http.spi.CodecRequestEvent;
import io.github.externalstorage.driver.InMemoryStorageDriver;
import io.github.externalstorage.fixtures.CodecClient;
import io.temporal.api.common.v1.Payload;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** What is reported about requests. */
final class RequestListenerTest {

  @Test
  void requestsAreReportedWithWhatWasDownloaded() throws IOException {
    List<CodecRequestEvent> completed = new CopyOnWriteArrayList<>();
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
    CodecRequestEvent download = completed.get(1);
    assertThat(download.getDownloadedKeys()).containsExactly(claimData(reference).get("key"));
    assertThat(download.getOperation()).contains(CodecOperation.DOWNLOAD);
    assertThat(download.getPath()).isEqualTo("/a/download");
    assertThat(download.getNamespace()).contains("default");
    assertThat(download.getPayloadsReceived()).isEqualTo(1);
    assertThat(download.getPayloadsSent()).isEqualTo(1);
    assertThat(download.getBytesReceived()).isEqualTo(body.length());
    assertThat(download.getBytesSent()).isGreaterThan(3000);
    assertThat(completed.get(2).getDownloadedKeys()).as("reported for downloads only").isEmpty();
    assertThat(completed.get(3))
        .satisfies(
            unknown -> {
              assertThat(unknown.getOperation()).isEmpty();
              assertThat(unknown.getStatus()).isEqualTo(404);
            });
  }

  @Test
  void aListenerThatFailsDoesNotFailTheRequest() throws IOException {
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
