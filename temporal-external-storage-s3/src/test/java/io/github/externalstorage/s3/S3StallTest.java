package io.github.externalstorage.s3;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.externalstorage.driver.CancellationToken;
import io.github.externalstorage.driver.StorageException;
import io.github.externalstorage.driver.StorageException.Reason;
import io.github.externalstorage.fixtures.SilentServer;
import java.time.Duration;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.services.s3.S3AsyncClient;

/** A request that stalls is aborted, even if the client would wait for half a minute. */
@Timeout(60)
final class S3StallTest {

  @ParameterizedTest
  @EnumSource
  void isAborted(S3CancellationTest.Call call) throws Exception {
    try (SilentServer server = new SilentServer(call::response);
        S3AsyncClient client = TestClients.plain(server.endpoint()).build()) {
      S3StorageDriver driver =
          S3StorageDriver.newBuilder()
              .setClient(client)
              .setBucket(Samples.BUCKET)
              .setStallTimeout(Duration.ofMillis(300))
              .build();

      StorageException failure =
          server.awaitFailure(() -> call.start(driver, CancellationToken.none()));

      assertThat(failure.getReason()).isEqualTo(Reason.UNAVAILABLE);
      assertThat(failure.isRetryable()).isTrue();
      assertThat(failure).hasMessageContaining("stalled or was too slow");
    }
  }
}
