package io.github.externalstorage.internal.converter;

import static io.github.externalstorage.ManualStorageDriver.claim;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.externalstorage.ExternalStorage;
import io.github.externalstorage.ExternalStorageCodec;
import io.github.externalstorage.ManualStorageDriver;
import io.github.externalstorage.ManualStorageDriver.Call;
import io.github.externalstorage.StorageFailures;
import io.github.externalstorage.StubStorageDriver;
import io.github.externalstorage.TestPayloads;
import io.github.externalstorage.driver.InMemoryStorageDriver;
import io.github.externalstorage.driver.StorageDriver;
import io.github.externalstorage.driver.StorageDriverClaim;
import io.github.externalstorage.driver.StorageDriverRetrieveContext;
import io.github.externalstorage.driver.StorageDriverStoreContext;
import io.github.externalstorage.driver.StorageException;
import io.github.externalstorage.driver.StorageException.Reason;
import io.github.externalstorage.reference.StorageReference;
import io.temporal.api.common.v1.Payload;
import io.temporal.payload.codec.PayloadCodec;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The storage codec waits for drivers on the calling thread. */
public class StorageWaitTest {

  private static final List<Payload> PAYLOADS = List.of(TestPayloads.json("1"));
  private static final List<Payload> REFERENCES =
      List.of(TestPayloads.reference("manual", claim("k")));
  private static final Duration ENDLESS = ChronoUnit.FOREVER.getDuration();

  private final ManualStorageDriver driver = new ManualStorageDriver("manual");

  @Test
  void encodingWaitsForTheDriver() throws Exception {
    PayloadCodec codec = codec(ENDLESS);
    CompletableFuture<List<Payload>> encoded =
        CompletableFuture.supplyAsync(() -> codec.encode(PAYLOADS));
    driver.nextStore().result().complete(claim("k"));

    assertThat(encoded.get(60, TimeUnit.SECONDS)).allMatch(StorageReference::isReference);
  }

  @Test
  void decodingWaitsForTheDriver() throws Exception {
    PayloadCodec codec = codec(ENDLESS);
    CompletableFuture<List<Payload>> decoded =
        CompletableFuture.supplyAsync(() -> codec.decode(REFERENCES));
    driver.nextRetrieval().result().complete(PAYLOADS.get(0));

    assertThat(decoded.get(60, TimeUnit.SECONDS)).isEqualTo(PAYLOADS);
  }

  @Test
  void deadlockDetectorIsOffAlreadyWhileRequestsAreMade() {
    List<Boolean> detectorOff = new ArrayList<>();
    StorageDriver observing =
        new StubStorageDriver("manual") {
          @Override
          public CompletableFuture<StorageDriverClaim> store(
              StorageDriverStoreContext context, Payload payload) {
            detectorOff.add(isDetectorOff());
            return CompletableFuture.completedFuture(claim("stored"));
          }

          @Override
          public CompletableFuture<Payload> retrieve(
              StorageDriverRetrieveContext context, StorageDriverClaim claim) {
            detectorOff.add(isDetectorOff());
            return CompletableFuture.completedFuture(PAYLOADS.get(0));
          }
        };
    PayloadCodec codec = codec(observing, ENDLESS);

    assertThat(codec.encode(PAYLOADS)).allMatch(StorageReference::isReference);
    assertThat(codec.decode(REFERENCES)).isEqualTo(PAYLOADS);
    assertThat(detectorOff).containsExactly(true, true);
  }

  private static boolean isDetectorOff() {
    return StackWalker.getInstance()
        .walk(frames -> frames.anyMatch(f -> f.getMethodName().equals("deadlockDetectorOff")));
  }

  @Test
  void waitForStoringEnds() throws InterruptedException {
    StorageException error = failure(() -> codec(Duration.ofNanos(1)).encode(PAYLOADS));

    assertThat(error.getReason()).isEqualTo(Reason.UNAVAILABLE);
    assertThat(error.isRetryable()).isTrue();
    assertThat(error)
        .hasMessageContaining("store")
        .hasMessageContaining("PT0.000000001S")
        .hasMessageContaining("setMaxWait");
    assertAborted(driver.nextStore());
  }

  @Test
  void waitForRetrievingEnds() throws InterruptedException {
    StorageException error = failure(() -> codec(Duration.ofNanos(1)).decode(REFERENCES));

    assertThat(error).hasMessageContaining("retrieve");
    assertAborted(driver.nextRetrieval());
  }

  @Test
  void interruptionAbortsTheRequestsAndIsKept() throws InterruptedException {
    Thread.currentThread().interrupt();

    StorageException error = failure(() -> codec(ENDLESS).encode(PAYLOADS));

    assertThat(Thread.interrupted()).isTrue();
    assertThat(error.getReason()).isEqualTo(Reason.UNAVAILABLE);
    assertThat(error.isRetryable()).isTrue();
    assertThat(error)
        .hasMessageContaining("Interrupted")
        .hasCauseInstanceOf(InterruptedException.class);
    assertAborted(driver.nextStore());
  }

  @Test
  void aCancelledCallSaysWhy() throws Exception {
    PayloadCodec codec = codec(ENDLESS);
    CompletableFuture<List<Payload>> encoded =
        CompletableFuture.supplyAsync(() -> codec.encode(PAYLOADS));
    driver.nextStore().result().cancel(true);

    assertThat(StorageFailures.failureOf(encoded, Reason.UNAVAILABLE))
        .hasMessageContaining("was cancelled, since the worker or client is shutting down")
        .hasNoCause();
  }

  @Test
  void interruptionDoesNotLoseWhatIsDone() {
    InMemoryStorageDriver memory = InMemoryStorageDriver.newBuilder().build();
    Thread.currentThread().interrupt();

    List<Payload> encoded = codec(memory, ENDLESS).encode(PAYLOADS);

    assertThat(Thread.interrupted()).isTrue();
    assertThat(encoded).allMatch(StorageReference::isReference);
  }

  private PayloadCodec codec(Duration maxWait) {
    return codec(driver, maxWait);
  }

  private static PayloadCodec codec(StorageDriver driver, Duration maxWait) {
    return ExternalStorageCodec.newBuilder(
            ExternalStorage.newBuilder().setDriver(driver).setPayloadSizeThreshold(0).build())
        .setMaxWait(maxWait)
        .build();
  }

  private static StorageException failure(Runnable call) {
    return catchThrowableOfType(StorageException.class, call::run);
  }

  private static void assertAborted(Call<?, ?> call) {
    assertThat(call.result()).isCancelled();
    assertThat(call.token().isCancellationRequested()).isTrue();
  }
}
