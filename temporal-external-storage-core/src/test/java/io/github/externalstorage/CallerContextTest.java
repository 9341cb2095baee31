package io.github.externalstorage;

import static io.github.externalstorage.ManualStorageDriver.claim;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.externalstorage.driver.CancellationSource;
import io.github.externalstorage.driver.CancellationToken;
import io.github.externalstorage.driver.InMemoryStorageDriver;
import io.github.externalstorage.driver.StorageDriver;
import io.github.externalstorage.driver.StorageDriverClaim;
import io.github.externalstorage.driver.StorageDriverRetrieveContext;
import io.github.externalstorage.driver.StorageDriverStoreContext;
import io.github.externalstorage.driver.StorageDriverTargetInfo;
import io.github.externalstorage.reference.StorageReference;
import io.temporal.api.common.v1.Payload;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a driver reports reaches the context of the caller, and its token reaches the driver. */
class CallerContextTest {

  private static final Payload PAYLOAD = TestPayloads.json("1");

  private final CountingStorageDriver driver =
      new CountingStorageDriver(InMemoryStorageDriver.newBuilder().build());
  private final CancellationSource caller = new CancellationSource();
  private final List<Instant> reported = new ArrayList<>();

  @ParameterizedTest
  @ValueSource(longs = {0, 1 << 20})
  void storingReportsWhenTheObjectWasWritten(long cacheMaxBytes) {
    store(storage(driver, cacheMaxBytes));

    assertThat(reported).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1 << 20})
  void retrievingReportsWhenTheObjectWasWritten(long cacheMaxBytes) {
    Payload reference = store(storage(driver, 0));
    reported.clear();
    driver.storedAt = Instant.EPOCH;

    ExternalStorage storage = storage(driver, cacheMaxBytes);

    assertThat(storage.retrieve(new Retrieving(), List.of(reference)).join())
        .containsExactly(PAYLOAD);
    assertThat(reported).containsExactly(Instant.EPOCH);
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1 << 20})
  void retrievingOnePayloadReportsWhenItsObjectWasWritten(long cacheMaxBytes) {
    Payload reference = store(storage(driver, 0));
    reported.clear();
    driver.storedAt = Instant.EPOCH;

    assertThat(retrieve(storage(driver, cacheMaxBytes), reference).join()).isEqualTo(PAYLOAD);
    assertThat(reported).containsExactly(Instant.EPOCH);
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1 << 20})
  void theTokenCancelsTheRetrievalOfOnePayload(long cacheMaxBytes) throws InterruptedException {
    ManualStorageDriver manual = new ManualStorageDriver("manual");
    CompletableFuture<Payload> retrieved =
        retrieve(storage(manual, cacheMaxBytes), TestPayloads.reference("manual", claim("1")));
    ManualStorageDriver.Call<StorageDriverClaim, Payload> call = manual.nextRetrieval();

    caller.cancel();

    assertThat(retrieved).isCancelled();
    assertThat(call.result()).isCancelled();
    assertThat(call.token().isCancellationRequested()).isTrue();
  }

  private static ExternalStorage storage(StorageDriver driver, long cacheMaxBytes) {
    return ExternalStorage.newBuilder()
        .setDriver(driver)
        .setPayloadSizeThreshold(0)
        .setCacheMaxBytes(cacheMaxBytes)
        .build();
  }

  private Payload store(ExternalStorage storage) {
    return storage.store(new Storing(), List.of(PAYLOAD)).join().get(0);
  }

  private CompletableFuture<Payload> retrieve(ExternalStorage storage, Payload reference) {
    return storage
        .resolve(StorageReference.parse(reference).orElseThrow())
        .retrieve(new Retrieving());
  }

  private final class Storing implements StorageDriverStoreContext {

    @Override
    public Optional<StorageDriverTargetInfo> getTarget() {
      return Optional.empty();
    }

    @Override
    public void reportStoredAt(Instant time) {
      reported.add(time);
    }
  }

  private final class Retrieving implements StorageDriverRetrieveContext {

    @Override
    public CancellationToken getCancellationToken() {
      return caller;
    }

    @Override
    public void reportStoredAt(Instant time) {
      reported.add(time);
    }
  }
}
