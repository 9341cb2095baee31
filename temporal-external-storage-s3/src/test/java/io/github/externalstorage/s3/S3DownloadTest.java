package io.github.externalstorage.s3;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.externalstorage.driver.StorageDriverRetrieveContext;
import io.github.externalstorage.driver.StorageException;
import io.github.externalstorage.driver.StorageException.Reason;
import io.github.externalstorage.fixtures.SilentServer;
import io.temporal.api.common.v1.Payload;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import software.amazon.awssdk.services.s3.S3AsyncClient;

@Timeout(60)
final class S3DownloadTest {

  private static final int LIMIT = 100_000;

  private final Payload payload = Samples.payload(LIMIT - 1000);

  @AutoClose private final ScriptedServer server = new ScriptedServer();
  @AutoClose private final S3AsyncClient client = TestClients.tuned(server.endpoint()).build();

  @Test
  void doesNotReadAnObjectThatIsTooLarge() throws Exception {
    String response = "HTTP/1.1 200 OK\r\nContent-Length: " + (LIMIT + 1) + "\r\n\r\n";
    try (SilentServer silent = new SilentServer(request -> response);
        S3AsyncClient silentClient = TestClients.tuned(silent.endpoint()).build()) {
      StorageException failure = Samples.failure(retrieve(silentClient));

      assertThat(failure.getReason()).isEqualTo(Reason.TOO_LARGE);
      assertThat(failure.isRetryable()).isFalse();
      assertThat(failure)
          .hasMessageContaining(", size=100001, maxPayloadSize=100000, retryable=false]");
      silent.awaitRequest().hungUp().join();
    }
  }

  @Test
  void readsAnObjectOfUnknownSize() {
    respondInChunks(payload);

    assertThat(retrieve(client).join()).isEqualTo(payload);
  }

  @Test
  void stopsReadingWhenAnObjectOfUnknownSizeIsTooLarge() {
    respondInChunks(Samples.payload(10 * LIMIT));

    StorageException failure = Samples.failure(retrieve(client));

    assertThat(failure.getReason()).isEqualTo(Reason.TOO_LARGE);
    assertThat(failure).hasMessageContaining("maxPayloadSize=100000");
  }

  @Test
  void reportsAnObjectThatEndsEarlyAsATemporaryFault() {
    server.respondWith(
        exchange -> {
          exchange.sendResponseHeaders(200, payload.getSerializedSize());
          exchange.getResponseBody().write(payload.toByteArray(), 0, 1000);
          exchange.getResponseBody().flush();
        });

    StorageException failure = Samples.failure(retrieve(client));

    assertThat(failure.getReason()).isEqualTo(Reason.UNAVAILABLE);
    assertThat(failure.isRetryable()).isTrue();
  }

  private void respondInChunks(Payload object) {
    server.respondWith(
        exchange -> {
          exchange.sendResponseHeaders(200, 0);
          object.writeTo(exchange.getResponseBody());
        });
  }

  private CompletableFuture<Payload> retrieve(S3AsyncClient s3) {
    return S3StorageDriver.newBuilder()
        .setClient(s3)
        .setBucket(Samples.BUCKET)
        .setMaxPayloadSize(LIMIT)
        .build()
        .retrieve(StorageDriverRetrieveContext.empty(), Samples.claim(payload));
  }
}
