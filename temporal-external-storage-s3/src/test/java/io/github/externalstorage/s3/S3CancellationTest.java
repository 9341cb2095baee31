package io.github.externalstorage.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.util.concurrent.Uninterruptibles;
import io.github.externalstorage.ExternalStorage;
import io.github.externalstorage.driver.CancellationSource;
import io.github.externalstorage.driver.CancellationToken;
import io.github.externalstorage.driver.StorageDriverRetrieveContext;
import io.github.externalstorage.driver.StorageDriverStoreContext;
import io.github.externalstorage.driver.StorageException.Reason;
import io.github.externalstorage.fixtures.SilentServer;
import io.github.externalstorage.fixtures.SilentServer.Connection;
import io.github.externalstorage.options.StorageRetryOptions;
import io.temporal.api.common.v1.Payload;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.services.s3.S3AsyncClient;

/**
 * Cancelling closes the connection. The servers never complete a response, so nothing else closes
 * it this early.
 */
@Timeout(60)
final class S3CancellationTest {

  @ParameterizedTest
  @EnumSource
  void hangsUp(Call call) throws Exception {
    try (SilentServer server = new SilentServer(call::response);
        S3AsyncClient client = TestClients.tuned(server.endpoint()).build()) {
      CompletableFuture<?> result = call.start(driver(client), CancellationToken.none());
      Connection connection = server.awaitRequest();

      assertThat(result.cancel(true)).isTrue();

      connection.hungUp().join();
    }
  }

  @ParameterizedTest
  @EnumSource
  void throughTheTokenHangsUp(Call call) throws Exception {
    CancellationSource source = new CancellationSource();
    try (SilentServer server = new SilentServer(call::response);
        S3AsyncClient client = TestClients.tuned(server.endpoint()).build()) {
      CompletableFuture<?> result = call.start(driver(client), source);
      Connection connection = server.awaitRequest();

      source.cancel();

      connection.hungUp().join();
      assertThatThrownBy(result::join).isInstanceOf(CancellationException.class);
    }
  }

  @Test
  void ofTheRestFollowsTheFirstFailure() throws Exception {
    List<Payload> payloads = List.of(Samples.payload("stuck"), Samples.payload("failing"));
    String failingKey = Samples.claim(payloads.get(1)).getClaimData().get("key");
    CountDownLatch isStuck = new CountDownLatch(1);
    try (SilentServer server =
            new SilentServer(
                request -> {
                  if (request.contains(failingKey)) {
                    Uninterruptibles.awaitUninterruptibly(isStuck);
                    return "HTTP/1.1 503 Slow Down\r\nContent-Length: 0\r\n\r\n";
                  }
                  isStuck.countDown();
                  return "";
                });
        S3AsyncClient client = TestClients.tuned(server.endpoint()).build()) {
      CompletableFuture<?> result =
          ExternalStorage.newBuilder()
              .setDriver(driver(client))
              .setPayloadSizeThreshold(0)
              .setRetryOptions(StorageRetryOptions.none())
              .build()
              .store(StorageDriverStoreContext.empty(), payloads);
      Connection first = server.awaitRequest();
      Connection second = server.awaitRequest();

      assertThat(Samples.failure(result).getReason()).isEqualTo(Reason.UNAVAILABLE);

      (first.request().contains(failingKey) ? second : first).hungUp().join();
    }
  }

  private static S3StorageDriver driver(S3AsyncClient client) {
    return S3StorageDriver.newBuilder()
        .setClient(client)
        .setBucket(Samples.BUCKET)
        .setStallTimeout(TestClients.LONG_TIMEOUT)
        .build();
  }

  /** Calls that get stuck at different points. */
  enum Call {
    STORE(""),
    RETRIEVE(""),
    RETRIEVE_HALF("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nhalf of it");

    private final String startOfResponse;

    Call(String startOfResponse) {
      this.startOfResponse = startOfResponse;
    }

    String response(String request) {
      return startOfResponse;
    }

    CompletableFuture<?> start(S3StorageDriver driver, CancellationToken token) {
      Payload payload = Samples.payload(1000);
      return this == STORE
          ? driver.store(StorageDriverStoreContext.of(null, token), payload)
          : driver.retrieve(StorageDriverRetrieveContext.of(token), Samples.claim(payload));
    }
  }
}
