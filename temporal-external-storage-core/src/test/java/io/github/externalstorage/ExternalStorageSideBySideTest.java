package io.github.externalstorage;

import static io.github.externalstorage.ManualStorageDriver.claim;
import static io.github.externalstorage.StorageFailures.failureOf;
import static io.github.externalstorage.StorageFailures.unavailable;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.externalstorage.ManualStorageDriver.Call;
import io.github.externalstorage.driver.CancellationSource;
import io.github.externalstorage.driver.StorageDriverClaim;
import io.github.externalstorage.driver.StorageDriverRetrieveContext;
import io.github.externalstorage.driver.StorageDriverStoreContext;
import io.github.externalstorage.driver.StorageException;
import io.github.externalstorage.options.StorageRetryOptions;
import io.github.externalstorage.reference.StorageReference;
import io.temporal.api.common.v1.Payload;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** One call that concerns three drivers. */
class ExternalStorageSideBySideTest {

  private final ManualStorageDriver a = new ManualStorageDriver("a");
  private final ManualStorageDriver b = new ManualStorageDriver("b");
  private final ManualStorageDriver c = new ManualStorageDriver("c");
  private final ExternalStorage storage =
      ExternalStorage.newBuilder()
          .setCacheMaxBytes(0)
          .setDrivers(List.of(a, b, c))
          .setDriverSelector(
              (context, payload) ->
                  switch (payload.getData().toStringUtf8().charAt(0)) {
                    case 'a' -> a;
                    case 'b' -> b;
                    case 'c' -> c;
                    default -> null;
                  })
          .setPayloadSizeThreshold(0)
          .setRetryOptions(StorageRetryOptions.none())
          .build();
  private final CancellationSource caller = new CancellationSource();

  @Test
  void storedPayloadsKeepTheirOrder() throws InterruptedException {
    CompletableFuture<List<Payload>> stored = store("c0", "a0", "inline", "b0", "a1", "c1");
    Call<Payload, StorageDriverClaim> firstToA = a.nextStore();

    complete(c.nextStore());
    complete(c.nextStore());
    complete(a.nextStore());
    complete(b.nextStore());
    assertThat(stored).isNotDone();
    complete(firstToA);

    assertThat(stored.join().stream().map(ExternalStorageSideBySideTest::describe))
        .containsExactly("c/c0", "a/a0", "inline", "b/b0", "a/a1", "c/c1");
    assertThat(firstToA.token().isCancellationRequested()).isFalse();
  }

  private static void complete(Call<Payload, StorageDriverClaim> call) {
    call.result().complete(claim(call.item().getData().toStringUtf8()));
  }

  @Test
  void retrievedPayloadsKeepTheirOrder() throws InterruptedException {
    CompletableFuture<List<Payload>> retrieved =
        retrieve(reference("b0"), reference("a0"), TestPayloads.json("inline"), reference("b1"));
    Call<StorageDriverClaim, Payload> first = b.nextRetrieval();

    b.nextRetrieval().result().complete(TestPayloads.json("B1"));
    a.nextRetrieval().result().complete(TestPayloads.json("A0"));
    assertThat(first.item()).isEqualTo(claim("b0"));
    first.result().complete(TestPayloads.json("B0"));

    assertThat(retrieved.join()).isEqualTo(payloads("B0", "A0", "inline", "B1"));
    assertThat(c.calls()).isZero();
  }

  @Test
  void firstFailureCancelsTheOtherDrivers() throws InterruptedException {
    CompletableFuture<List<Payload>> stored = store("a0", "b0", "c0");
    Call<Payload, StorageDriverClaim> toA = a.nextStore();
    Call<Payload, StorageDriverClaim> toB = b.nextStore();
    Call<Payload, StorageDriverClaim> toC = c.nextStore();
    toC.result().complete(claim("c0"));

    StorageException failure = unavailable();
    toB.result().completeExceptionally(failure);

    assertThat(failureOf(stored)).isSameAs(failure);
    assertThat(toA.result()).isCancelled();
    assertThat(toA.token().isCancellationRequested()).isTrue();
    assertThat(toC.result()).isCompleted();
  }

  @Test
  void failureOfRetrievingCancelsTheOtherDrivers() throws InterruptedException {
    CompletableFuture<List<Payload>> retrieved = retrieve(reference("a0"), reference("b0"));
    Call<StorageDriverClaim, Payload> fromA = a.nextRetrieval();

    StorageException failure = unavailable();
    b.nextRetrieval().result().completeExceptionally(failure);

    assertThat(failureOf(retrieved)).isSameAs(failure);
    assertThat(fromA.result()).isCancelled();
    assertThat(fromA.token().isCancellationRequested()).isTrue();
  }

  @Test
  void cancellingTheFutureReachesEveryDriver() throws InterruptedException {
    CompletableFuture<List<Payload>> stored = store("a0", "b0");

    stored.cancel(true);

    for (Call<Payload, StorageDriverClaim> call : List.of(a.nextStore(), b.nextStore())) {
      assertThat(call.result()).isCancelled();
      assertThat(call.token().isCancellationRequested()).isTrue();
    }
    assertThat(caller.isCancellationRequested()).isFalse();
  }

  @Test
  void cancellingTheTokenReachesEveryDriver() throws InterruptedException {
    CompletableFuture<List<Payload>> retrieved = retrieve(reference("a0"), reference("b0"));

    caller.cancel();

    assertThat(retrieved).isCancelled();
    for (Call<StorageDriverClaim, Payload> call : List.of(a.nextRetrieval(), b.nextRetrieval())) {
      assertThat(call.result()).isCancelled();
      assertThat(call.token().isCancellationRequested()).isTrue();
    }
  }

  private CompletableFuture<List<Payload>> store(String... data) {
    return storage.store(StorageDriverStoreContext.of(null, caller), payloads(data));
  }

  private CompletableFuture<List<Payload>> retrieve(Payload... payloads) {
    return storage.retrieve(StorageDriverRetrieveContext.of(caller), List.of(payloads));
  }

  private static List<Payload> payloads(String... data) {
    return List.of(data).stream().map(TestPayloads::json).toList();
  }

  private static Payload reference(String key) {
    return TestPayloads.reference(key.substring(0, 1), claim(key));
  }

  private static String describe(Payload payload) {
    return StorageReference.parse(payload)
        .map(
            reference -> reference.driverName() + "/" + reference.claim().getClaimData().get("key"))
        .orElse(payload.getData().toStringUtf8());
  }
}
