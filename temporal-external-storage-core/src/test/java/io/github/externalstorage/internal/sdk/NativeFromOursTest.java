package io.github.externalstorage.internal.sdk;

import static io.github.externalstorage.ManualStorageDriver.claim;
import static io.github.externalstorage.StorageFailures.failureOf;
import static io.github.externalstorage.StorageFailures.unavailable;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.externalstorage.ManualStorageDriver;
import io.github.externalstorage.ManualStorageDriver.Call;
import io.github.externalstorage.NativeStorageDrivers;
import io.github.externalstorage.StubStorageDriver;
import io.github.externalstorage.TestPayloads;
import io.github.externalstorage.driver.CancellationToken;
import io.github.externalstorage.driver.StorageDriverClaim;
import io.github.externalstorage.driver.StorageException;
import io.temporal.api.common.v1.Payload;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A driver of this library as the SDK calls it. */
@Tag("native")
class NativeFromOursTest {

  private static final List<Payload> PAYLOADS = List.of(TestPayloads.json("1"));
  private static final io.temporal.payload.storage.StorageDriverClaim NATIVE_CLAIM =
      new io.temporal.payload.storage.StorageDriverClaim(Map.of("key", "k"));

  private final ManualStorageDriver ours = new ManualStorageDriver("manual");
  private final io.temporal.payload.storage.StorageDriver driver =
      NativeStorageDrivers.toNative(ours);
  private final NativeStoreContext context = NativeStoreContext.of(null);

  @Test
  void nameAndTypeAreTheDriversOwn() {
    assertThat(driver.getName()).isEqualTo("manual");
    assertThat(driver.getType()).isEqualTo("stub");
  }

  @Test
  void stores() throws InterruptedException {
    CompletableFuture<?> stored = driver.store(context, PAYLOADS);
    Call<Payload, StorageDriverClaim> call = ours.nextStore();
    call.result().complete(claim("k"));

    assertThat(call.item()).isEqualTo(PAYLOADS.get(0));
    assertThat(stored.join()).isEqualTo(List.of(NATIVE_CLAIM));
  }

  @Test
  void retrieves() throws InterruptedException {
    CompletableFuture<List<Payload>> retrieved = driver.retrieve(context, List.of(NATIVE_CLAIM));
    Call<StorageDriverClaim, Payload> call = ours.nextRetrieval();
    call.result().complete(PAYLOADS.get(0));

    assertThat(call.item()).isEqualTo(claim("k"));
    assertThat(retrieved.join()).isEqualTo(PAYLOADS);
  }

  @Test
  void failuresAreThose() throws InterruptedException {
    StorageException failure = unavailable();
    CompletableFuture<?> stored = driver.store(context, PAYLOADS);
    ours.nextStore().result().completeExceptionally(failure);
    CompletableFuture<?> retrieved = driver.retrieve(context, List.of(NATIVE_CLAIM));
    ours.nextRetrieval().result().completeExceptionally(failure);

    assertThat(failureOf(stored)).isSameAs(failure);
    assertThat(failureOf(retrieved)).isSameAs(failure);
  }

  @Test
  void thrownFailuresArriveThroughTheFuture() {
    io.temporal.payload.storage.StorageDriver throwing =
        NativeStorageDrivers.toNative(new StubStorageDriver("throwing"));

    assertThat(failureOf(throwing.store(context, PAYLOADS))).isInstanceOf(AssertionError.class);
    assertThat(failureOf(throwing.retrieve(context, List.of(NATIVE_CLAIM))))
        .isInstanceOf(AssertionError.class);
  }

  @Test
  void futuresCancelTheDriver() throws InterruptedException {
    driver.store(context, PAYLOADS).cancel(true);
    driver.retrieve(context, List.of(NATIVE_CLAIM)).cancel(true);

    assertThat(ours.nextStore().result()).isCancelled();
    assertThat(ours.nextRetrieval().result()).isCancelled();
  }

  /** For a CancellationException, the SDK would log only its class and null. */
  @Test
  void cancelledCallsSayWhy() throws InterruptedException {
    CompletableFuture<?> stored = driver.store(context, PAYLOADS);
    ours.nextStore().result().cancel(true);
    CompletableFuture<?> retrieved = driver.retrieve(context, List.of(NATIVE_CLAIM));
    ours.nextRetrieval().result().cancel(true);

    for (CompletableFuture<?> call : List.of(stored, retrieved)) {
      assertThat(failureOf(call, StorageException.Reason.UNAVAILABLE))
          .hasMessageContaining("was cancelled, since the worker or client is shutting down")
          .hasNoCause();
    }
  }

  @Test
  void tokenIsTheSdks() throws InterruptedException {
    driver.store(context, PAYLOADS);
    driver.retrieve(context, List.of(NATIVE_CLAIM));
    AtomicInteger runs = new AtomicInteger();
    for (CancellationToken token :
        List.of(ours.nextStore().token(), ours.nextRetrieval().token())) {
      assertThat(token.isCancellationRequested()).isFalse();
      token.onCancel(runs::incrementAndGet);
      token.onCancel(() -> runs.addAndGet(100)).close();
    }

    context.token().source().cancel();

    assertThat(runs).hasValue(2);
  }
}
