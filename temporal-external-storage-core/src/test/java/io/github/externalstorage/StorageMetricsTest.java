package io.github.externalstorage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import com.uber.m3.tally.NoopScope;
import com.uber.m3.tally.Scope;
import io.github.externalstorage.driver.InMemoryStorageDriver;
import io.github.externalstorage.driver.StorageDriver;
import io.github.externalstorage.driver.StorageDriverClaim;
import io.github.externalstorage.driver.StorageDriverRetrieveContext;
import io.github.externalstorage.driver.StorageDriverStoreContext;
import io.github.externalstorage.driver.StorageDriverWorkflowInfo;
import io.github.externalstorage.driver.StorageException;
import io.github.externalstorage.driver.StorageException.Reason;
import io.github.externalstorage.options.StorageRetryOptions;
import io.temporal.api.common.v1.Payload;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;

class StorageMetricsTest {

  private static final StorageDriverStoreContext CONTEXT =
      StorageDriverStoreContext.of(
          new StorageDriverWorkflowInfo("payments", "secret-id", "run", "Type"));
  private static final String STORE = "{driver=in-memory, namespace=payments, operation=store}";
  private static final String RETRIEVE = "{driver=in-memory, namespace=none, operation=retrieve}";

  private final RecordingScope scope = new RecordingScope();
  private final Payload payload = TestPayloads.ofSize(500);

  @Test
  void countsOperationsBytesAndCacheHits() {
    ExternalStorage storage = storage(InMemoryStorageDriver.newBuilder().build());

    List<Payload> references = store(storage);
    store(storage);
    retrieve(storage, references);

    assertThat(scope.counters())
        .containsOnly(
            entry("operation" + STORE, 1L),
            entry("bytes" + STORE, 500L),
            entry("cache_hit" + STORE, 1L),
            entry("cache_hit" + RETRIEVE, 1L));
    assertThat(scope.timers()).containsOnlyKeys("operation_latency" + STORE);
    assertThat(scope.timers().get("operation_latency" + STORE)).hasSize(1);
    assertThat(scope.gauges().values()).containsOnly(0.0);
  }

  @Test
  void countsRetrievals() {
    ExternalStorage storage =
        builder(InMemoryStorageDriver.newBuilder().build()).setCacheMaxBytes(0).build();

    retrieve(storage, store(storage));

    assertThat(scope.counters())
        .contains(entry("operation" + RETRIEVE, 1L), entry("bytes" + RETRIEVE, 500L));
  }

  @Test
  void countsRetriesAndFailuresByReason() throws InterruptedException {
    ManualStorageDriver driver = new ManualStorageDriver("manual");
    ExternalStorage storage =
        builder(driver)
            .setRetryOptions(
                StorageRetryOptions.newBuilder().setInitialBackoff(Duration.ofMillis(1)).build())
            .build();

    CompletableFuture<?> stored = storage.store(CONTEXT, List.of(payload));
    driver
        .nextStore()
        .result()
        .completeExceptionally(new StorageException(Reason.UNAVAILABLE, true, "busy", null));
    driver
        .nextStore()
        .result()
        .completeExceptionally(new StorageException(Reason.ACCESS_DENIED, "denied"));
    StorageFailures.failureOf(stored, Reason.ACCESS_DENIED);

    String tags = "{driver=manual, namespace=payments, operation=store";
    assertThat(scope.counters())
        .containsOnly(
            entry("operation_retry" + tags + ", reason=unavailable}", 1L),
            entry("operation_failure" + tags + ", reason=access_denied}", 1L),
            entry("operation" + tags + "}", 1L));
  }

  @Test
  void aCancelledCallIsNoFaultOfTheStorage() throws InterruptedException {
    ManualStorageDriver driver = new ManualStorageDriver("manual");
    CompletableFuture<?> stored = storage(driver).store(CONTEXT, List.of(payload));
    driver.nextStore();

    stored.cancel(true);

    assertThat(scope.counters())
        .containsEntry(
            "operation_failure"
                + "{driver=manual, namespace=payments, operation=store, reason=cancelled}",
            1L);
    assertThat(scope.gauges().values()).containsOnly(0.0);
  }

  @Test
  void showsWhatIsInFlightAndWhatWaits() throws InterruptedException {
    ManualStorageDriver driver = new ManualStorageDriver("manual");
    ExternalStorage storage = builder(driver).setMaxConcurrentOperations(1).build();
    String tags = "{driver=manual, operation=store}";

    CompletableFuture<?> first = storage.store(CONTEXT, List.of(payload));
    CompletableFuture<?> second = storage.store(CONTEXT, List.of(TestPayloads.ofSize(700)));

    assertThat(scope.gauges())
        .containsEntry("bytes_in_flight" + tags, 500.0)
        .containsEntry("operations_waiting" + tags, 1.0);

    driver.nextStore().result().complete(ManualStorageDriver.claim("1"));
    driver.nextStore().result().complete(ManualStorageDriver.claim("2"));
    first.join();
    second.join();

    scope.awaitZeroGauges();
  }

  @Test
  void theBytesOfACallThatWaitedAreInFlightWhenTheDriverIsCalled() throws InterruptedException {
    String inFlight = "bytes_in_flight{driver=manual, operation=store}";
    BlockingQueue<Map<String, Double>> gauges = new LinkedBlockingQueue<>();
    List<CompletableFuture<StorageDriverClaim>> results = new CopyOnWriteArrayList<>();
    StorageDriver driver =
        new StubStorageDriver("manual") {
          @Override
          public CompletableFuture<StorageDriverClaim> store(
              StorageDriverStoreContext context, Payload stored) {
            CompletableFuture<StorageDriverClaim> result = new CompletableFuture<>();
            results.add(result);
            gauges.add(Map.copyOf(scope.gauges()));
            return result;
          }
        };
    ExternalStorage storage = builder(driver).setMaxBytesInFlight(500).build();
    CompletableFuture<?> first = storage.store(CONTEXT, List.of(payload));
    CompletableFuture<?> second = storage.store(CONTEXT, List.of(TestPayloads.ofSize(400)));
    assertThat(gauges.take()).containsEntry(inFlight, 500.0);
    assertThat(second).isNotDone();

    results.get(0).complete(ManualStorageDriver.claim("1"));

    assertThat(first).isCompleted();
    assertThat(gauges.take()).containsEntry(inFlight, 400.0);
  }

  @Test
  void aScopeOfItsOwnStays() {
    ExternalStorage storage = storage(InMemoryStorageDriver.newBuilder().build());
    RecordingScope other = new RecordingScope();

    storage.pipeline().metrics().use(other);
    store(storage);

    assertThat(other.counters()).isEmpty();
    assertThat(scope.counters()).containsEntry("operation" + STORE, 1L);
  }

  /** Also while a call is in progress: no number is in both. */
  @Test
  void theLastScopeOfAClientGetsTheNumbers() throws InterruptedException {
    ManualStorageDriver driver = new ManualStorageDriver("manual");
    ExternalStorage storage =
        ExternalStorage.newBuilder().setDriver(driver).setPayloadSizeThreshold(1).build();
    RecordingScope first = new RecordingScope();
    RecordingScope last = new RecordingScope();
    String tags = "{driver=manual, operation=store}";

    storage.pipeline().metrics().use(first);
    storage.pipeline().metrics().use(new NoopScope());
    CompletableFuture<?> stored = storage.store(CONTEXT, List.of(payload));
    assertThat(first.gauges()).containsEntry("bytes_in_flight" + tags, 500.0);

    storage.pipeline().metrics().use(last);
    assertThat(first.gauges()).containsEntry("bytes_in_flight" + tags, 0.0);
    assertThat(last.gauges()).containsEntry("bytes_in_flight" + tags, 500.0);

    driver.nextStore().result().complete(ManualStorageDriver.claim("1"));
    stored.join();
    assertThat(first.counters()).isEmpty();
    assertThat(last.counters()).hasSize(2);
    assertThat(last.gauges()).containsEntry("bytes_in_flight" + tags, 0.0);
  }

  @Test
  void aScopeThatFailsDoesNotFailTheCall() {
    ExternalStorage storage =
        ExternalStorage.newBuilder()
            .setDriver(InMemoryStorageDriver.newBuilder().build())
            .setPayloadSizeThreshold(1)
            .setMetricsScope(new ThrowingScope())
            .build();

    retrieve(storage, store(storage));
  }

  private static final class ThrowingScope extends NoopScope {
    @Override
    public Scope tagged(Map<String, String> tags) {
      throw new IllegalStateException("A scope's own trouble");
    }
  }

  private ExternalStorage storage(StorageDriver driver) {
    return builder(driver).build();
  }

  private ExternalStorage.Builder builder(StorageDriver driver) {
    return ExternalStorage.newBuilder()
        .setDriver(driver)
        .setPayloadSizeThreshold(1)
        .setMetricsScope(scope);
  }

  private List<Payload> store(ExternalStorage storage) {
    return storage.store(CONTEXT, List.of(payload)).join();
  }

  private static void retrieve(ExternalStorage storage, List<Payload> references) {
    storage.retrieve(StorageDriverRetrieveContext.empty(), references).join();
  }
}
