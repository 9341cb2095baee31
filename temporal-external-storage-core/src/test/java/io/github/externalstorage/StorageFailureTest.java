package io.github.externalstorage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.externalstorage.driver.StorageDriverClaim;
import io.github.externalstorage.driver.StorageException;
import io.github.externalstorage.driver.StorageException.Reason;
import io.temporal.payload.codec.PayloadCodec;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What the storage codec throws when a driver fails. */
class StorageFailureTest {

  private final ManualStorageDriver driver = new ManualStorageDriver("manual");
  private final PayloadCodec codec =
      ExternalStorageCodec.newBuilder(
              ExternalStorage.newBuilder().setDriver(driver).setPayloadSizeThreshold(0).build())
          .build();
  private final CompletableFuture<StorageException> error =
      CompletableFuture.supplyAsync(
          () ->
              catchThrowableOfType(
                  StorageException.class, () -> codec.encode(List.of(TestPayloads.json("1")))));
  private final CompletableFuture<StorageDriverClaim> result = nextResult();

  @Test
  void storageExceptionIsThrownAsItIs() throws Exception {
    StorageException denied = new StorageException(Reason.ACCESS_DENIED, "No");
    result.completeExceptionally(denied);

    assertThat(error.get(60, TimeUnit.SECONDS)).isSameAs(denied);
  }

  @Test
  void otherFailuresAreTheDriversDefect() throws Exception {
    IllegalStateException defect = new IllegalStateException("defect");
    result.completeExceptionally(defect);

    assertDefect(error.get(60, TimeUnit.SECONDS));
    assertThat(error.get()).hasMessageContaining("IllegalStateException").hasCause(defect);
  }

  /** A client that is closed while a request is in progress cancels it. */
  @Test
  void cancellationByOthersPasses() throws Exception {
    result.cancel(true);

    assertThat(error.get(60, TimeUnit.SECONDS).getReason()).isEqualTo(Reason.UNAVAILABLE);
    assertThat(error.get().isRetryable()).isTrue();
  }

  private static void assertDefect(StorageException error) {
    assertThat(error.getReason()).isEqualTo(Reason.MISCONFIGURED);
    assertThat(error.isRetryable()).isFalse();
  }

  private CompletableFuture<StorageDriverClaim> nextResult() {
    try {
      return driver.nextStore().result();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
