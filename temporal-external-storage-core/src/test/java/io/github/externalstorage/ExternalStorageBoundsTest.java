package io.github.externalstorage;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.externalstorage.driver.StorageDriver;
import io.github.externalstorage.driver.StorageDriverClaim;
import io.github.externalstorage.driver.StorageDriverRetrieveContext;
import io.github.externalstorage.driver.StorageDriverStoreContext;
import io.github.externalstorage.reference.StorageReference;
import io.temporal.api.common.v1.Payload;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The limits of a storage, applied to the payloads of one call. */
class ExternalStorageBoundsTest {

  private static final Payload FIRST = TestPayloads.ofSize(600);
  private static final Payload SECOND = TestPayloads.ofSize(700);

  private final OnePayloadDriver driver = new OnePayloadDriver();

  @ParameterizedTest
  @ValueSource(longs = {0, 10_000})
  void operations(long cacheMaxBytes) {
    assertOneAfterTheOther(
        storage().setCacheMaxBytes(cacheMaxBytes).setMaxConcurrentOperations(1).build());
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 10_000})
  void bytes(long cacheMaxBytes) {
    assertOneAfterTheOther(
        storage().setCacheMaxBytes(cacheMaxBytes).setMaxBytesInFlight(1_000).build());
  }

  @Test
  void withinBoundsTheyGoSideBySide() {
    store(storage().build());

    assertThat(driver.underWay()).isEqualTo(2);
  }

  private void assertOneAfterTheOther(ExternalStorage storage) {
    CompletableFuture<List<Payload>> stored = store(storage);
    CompletableFuture<Void> secondCall = driver.called(2);
    assertThat(driver.underWay()).isEqualTo(1);

    driver.result();
    secondCall.join();
    driver.result();

    assertThat(stored.join()).hasSize(2).allMatch(StorageReference::isReference);
  }

  private ExternalStorage.Builder storage() {
    return ExternalStorage.newBuilder().setDriver(driver).setPayloadSizeThreshold(0);
  }

  private static CompletableFuture<List<Payload>> store(ExternalStorage storage) {
    return storage.store(StorageDriverStoreContext.empty(), List.of(FIRST, SECOND));
  }

  /** A driver whose calls wait until the test completes them. */
  private static final class OnePayloadDriver implements StorageDriver {

    private final Deque<CompletableFuture<StorageDriverClaim>> calls = new ArrayDeque<>();
    private final List<CompletableFuture<Void>> called =
        List.of(new CompletableFuture<>(), new CompletableFuture<>());
    private int count;

    synchronized int underWay() {
      return calls.size();
    }

    CompletableFuture<Void> called(int number) {
      return called.get(number - 1);
    }

    void result() {
      CompletableFuture<StorageDriverClaim> call;
      synchronized (this) {
        call = calls.remove();
      }
      call.complete(ManualStorageDriver.claim("key"));
    }

    @Override
    public CompletableFuture<StorageDriverClaim> store(
        StorageDriverStoreContext context, Payload payload) {
      CompletableFuture<StorageDriverClaim> call = new CompletableFuture<>();
      synchronized (this) {
        calls.add(call);
        called.get(count++).complete(null);
      }
      return call;
    }

    @Override
    public CompletableFuture<Payload> retrieve(
        StorageDriverRetrieveContext context, StorageDriverClaim claim) {
      throw new AssertionError("Nothing is retrieved here");
    }

    @Override
    public String getName() {
      return "one-payload";
    }

    @Override
    public String getType() {
      return "one-payload";
    }
  }
}
