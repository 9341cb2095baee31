package io.github.externalstorage.gcs;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.externalstorage.driver.CancellationSource;
import io.github.externalstorage.driver.CancellationToken;
import io.github.externalstorage.driver.StorageDriverClaim;
import io.github.externalstorage.driver.StorageDriverRetrieveContext;
import io.github.externalstorage.driver.StorageDriverStoreContext;
import io.github.externalstorage.driver.StorageException;
import io.github.externalstorage.driver.StorageException.Reason;
import io.github.externalstorage.fixtures.SilentServer;
import io.github.externalstorage.fixtures.SilentServer.Connection;
import io.github.externalstorage.fixtures.StorageFailures;
import io.github.externalstorage.fixtures.TestPayloads;
import io.temporal.api.common.v1.Payload;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Connections that stall, are cancelled, or carry something that is not the response to the
 * request.
 */
@Timeout(60)
final class GcsConnectionsTest {

  private static final Payload PAYLOAD = TestPayloads.ofLetters(1000, 1);

  @ParameterizedTest
  @EnumSource
  void areClosedByCancelling(Call call) throws Exception {
    try (SilentServer server = new SilentServer(request -> call.responseStart)) {
      CompletableFuture<?> result =
          call.start(newDriver(server.endpoint()).build(), CancellationToken.none());
      Connection connection = server.awaitRequest();

      assertThat(result.cancel(true)).isTrue();

      connection.hungUp().join();
    }
  }

  @ParameterizedTest
  @EnumSource
  void areClosedByCancellingTheToken(Call call) throws Exception {
    CancellationSource source = new CancellationSource();
    try (SilentServer server = new SilentServer(request -> call.responseStart)) {
      CompletableFuture<?> result = call.start(newDriver(server.endpoint()).build(), source);
      Connection connection = server.awaitRequest();

      source.cancel();

      connection.hungUp().join();
      assertThatThrownBy(result::join).isInstanceOf(CancellationException.class);
    }
  }

  @ParameterizedTest
  @EnumSource
  void areClosedWhenTheyStall(Call call) throws Exception {
    try (SilentServer server = new SilentServer(request -> call.responseStart)) {
      GcsStorageDriver driver =
          newDriver(server.endpoint()).setStallTimeout(Duration.ofMillis(300)).build();

      StorageException failure =
          server.awaitFailure(() -> call.start(driver, CancellationToken.none()));

      assertThat(failure.getReason()).isEqualTo(Reason.UNAVAILABLE);
      assertThat(failure.isRetryable()).isTrue();
      assertThat(failure).hasMessageContaining("stalled or was too slow");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/1.1 100 Continue\r\n\r\n",
        "HTTP/1.1 102 Processing\r\n\r\n",
        "HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n"
      })
  void neverSucceedWithAnInformationalResponse(String response) throws Exception {
    try (SilentServer server = new SilentServer(request -> response)) {
      GcsStorageDriver driver =
          newDriver(server.endpoint()).setStallTimeout(Duration.ofMillis(300)).build();

      StorageException failure =
          server.awaitFailure(() -> driver.store(StorageDriverStoreContext.empty(), PAYLOAD));

      assertThat(failure.getReason()).isEqualTo(Reason.UNAVAILABLE);
      assertThat(failure.isRetryable()).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/1.1 100 Continue\r\n\r\n",
        "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 100 Continue\r\n\r\n",
        "HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n"
      })
  void mayCarryInformationalResponsesBeforeTheFinalOne(String interim) throws Exception {
    String head = "HTTP/1.1 200 OK\r\nContent-Length: %s\r\n\r\n";
    String content = PAYLOAD.toByteString().toString(ISO_8859_1);
    try (SilentServer server =
        new SilentServer(request -> interim + head.formatted(content.length()) + content)) {
      GcsStorageDriver driver = newDriver(server.endpoint()).build();
      StorageDriverClaim claim =
          driver.getClaim(StorageDriverStoreContext.empty(), PAYLOAD).orElseThrow();

      assertThat(driver.retrieve(StorageDriverRetrieveContext.empty(), claim).join())
          .isEqualTo(PAYLOAD);
    }
  }

  @Test
  void neverSucceedBeforeTheWholeBodyIsSent() throws Exception {
    // More than the buffers of a connection hold.
    Payload large = TestPayloads.ofLetters(30_000_000, 1);
    StorageDriverClaim claim =
        newDriver(URI.create("http://127.0.0.1:1"))
            .build()
            .getClaim(StorageDriverStoreContext.empty(), large)
            .orElseThrow();
    String confirmation =
        FakeGcs.json(
            claim.getClaimData().getOrDefault("key", ""),
            new FakeGcs.StoredContent(large.toByteString(), Instant.EPOCH));
    String response =
        "HTTP/1.1 200 OK\r\nContent-Length: %s\r\n\r\n%s"
            .formatted(confirmation.length(), confirmation);
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      CompletableFuture<StorageDriverClaim> result =
          newDriver(URI.create("http://127.0.0.1:" + server.getLocalPort()))
              .build()
              .store(StorageDriverStoreContext.empty(), large);
      try (Socket socket = server.accept()) {
        socket.getInputStream().readNBytes(1000);
        socket.getOutputStream().write(response.getBytes(ISO_8859_1));
      }

      StorageException failure = StorageFailures.of(result);

      assertThat(failure.getReason()).isEqualTo(Reason.UNAVAILABLE);
      assertThat(failure.isRetryable()).isTrue();
    }
  }

  @Test
  void areNotUsedForAnObjectThatIsTooLarge() throws Exception {
    String head = "HTTP/1.1 200 OK\r\nContent-Length: 100001\r\n\r\n";
    try (SilentServer server = new SilentServer(request -> head)) {
      GcsStorageDriver driver = newDriver(server.endpoint()).setMaxPayloadSize(100_000).build();

      StorageException failure =
          StorageFailures.of(Call.RETRIEVE.start(driver, CancellationToken.none()));

      assertThat(failure.getReason()).isEqualTo(Reason.TOO_LARGE);
      server.awaitRequest().hungUp().join();
    }
  }

  private static GcsStorageDriver.Builder newDriver(URI endpoint) {
    return GcsStorageDriver.newBuilder()
        .setEndpoint(endpoint)
        .setBucket(FakeGcs.BUCKET)
        .setStallTimeout(Duration.ofMinutes(5));
  }

  /** Calls that get stuck at different points. */
  enum Call {
    STORE(""),
    STORE_HALF("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nhalf of it"),
    RETRIEVE(""),
    RETRIEVE_HALF("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nhalf of it"),
    RETRIEVE_ERROR("HTTP/1.1 503 Busy\r\nContent-Length: 1000\r\n\r\nhalf of it");

    private final String responseStart;

    Call(String responseStart) {
      this.responseStart = responseStart;
    }

    CompletableFuture<?> start(GcsStorageDriver driver, CancellationToken token) {
      return this == STORE || this == STORE_HALF
          ? driver.store(StorageDriverStoreContext.of(null, token), PAYLOAD)
          : driver.retrieve(
              StorageDriverRetrieveContext.of(token),
              driver.getClaim(StorageDriverStoreContext.empty(), PAYLOAD).orElseThrow());
    }
  }
}
