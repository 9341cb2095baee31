package io.github.externalstorage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.externalstorage.driver.InMemoryStorageDriver;
import io.github.externalstorage.driver.StorageDriver;
import io.github.externalstorage.driver.StorageDriverClaim;
import io.github.externalstorage.driver.StorageDriverStoreContext;
import io.github.externalstorage.driver.StorageException;
import io.github.externalstorage.driver.StorageException.Reason;
import io.github.externalstorage.options.StartupCheck;
import io.temporal.api.common.v1.Payload;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.worker.WorkerFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class StartupCheckTest {

  private final OfflineClients clients = new OfflineClients();
  private final List<WorkerFactory> started = new ArrayList<>();

  @AfterEach
  void close() {
    clients.close();
  }

  @Test
  void aStorageIsCheckedOnceHoweverManyWorkersUseIt() throws InterruptedException {
    ManualStorageDriver driver = new ManualStorageDriver("manual");
    ExternalStorage storage = storage(driver);

    start(storage, StartupCheck.WARN);
    start(storage, StartupCheck.WARN);
    ManualStorageDriver.Call<?, ?> check = driver.nextStore();
    check.result().completeExceptionally(new StorageException(Reason.ACCESS_DENIED, "denied"));
    start(storage, StartupCheck.WARN);

    assertThat(started).hasSize(3);
    assertThat(driver.calls()).isEqualTo(1);
  }

  @Test
  void theDefaultDoesNotWaitForTheStorage() throws InterruptedException {
    CountDownLatch blocked = new CountDownLatch(1);
    CountDownLatch called = new CountDownLatch(1);
    StorageDriver blocking =
        new StubStorageDriver("blocking") {
          @Override
          public CompletableFuture<StorageDriverClaim> store(
              StorageDriverStoreContext context, Payload payload) {
            called.countDown();
            try {
              blocked.await();
            } catch (InterruptedException e) {
              throw new AssertionError(e);
            }
            throw new IllegalStateException("never answered");
          }
        };

    start(new ExternalStoragePlugin(storage(blocking)));

    assertThat(started).hasSize(1);
    assertThat(called.await(60, TimeUnit.SECONDS)).isTrue();
    blocked.countDown();
  }

  @Test
  void workersDoNotStartIfTheCheckFails() throws InterruptedException {
    ManualStorageDriver driver = new ManualStorageDriver("manual");
    ExternalStorage storage = storage(driver);
    StorageException denied = new StorageException(Reason.ACCESS_DENIED, "the key is unknown");
    CompletableFuture<Void> start =
        CompletableFuture.runAsync(() -> start(storage, StartupCheck.FAIL));

    driver.nextStore().result().completeExceptionally(denied);

    assertThatThrownBy(start::join)
        .cause()
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("Large payloads can't be stored and retrieved: the key is unknown")
        .hasCause(denied);
    assertThat(started).isEmpty();
  }

  @Test
  void aCheckThatFailedIsRepeatedByTheNextStart() throws InterruptedException {
    ManualStorageDriver driver = new ManualStorageDriver("manual");
    ExternalStorage storage = storage(driver);
    CompletableFuture<Void> first =
        CompletableFuture.runAsync(() -> start(storage, StartupCheck.FAIL));
    driver
        .nextStore()
        .result()
        .completeExceptionally(new StorageException(Reason.ACCESS_DENIED, "denied"));
    assertThatThrownBy(first::join).hasMessageContaining("denied");

    CompletableFuture<Void> second =
        CompletableFuture.runAsync(() -> start(storage, StartupCheck.FAIL));
    ManualStorageDriver.Call<Payload, StorageDriverClaim> store = driver.nextStore();
    store.result().complete(ManualStorageDriver.claim("probe"));
    driver.nextRetrieval().result().complete(store.item());
    second.join();
    start(storage, StartupCheck.FAIL);

    assertThat(started).hasSize(2);
    assertThat(driver.calls()).isEqualTo(3);
  }

  @Test
  void nothingIsCheckedIfOff() {
    ManualStorageDriver driver = new ManualStorageDriver("manual");

    start(storage(driver), StartupCheck.OFF);

    assertThat(started).hasSize(1);
    assertThat(driver.calls()).isZero();
  }

  @Test
  void nothingIsStoredWhileStoringIsOff() {
    CountingStorageDriver driver =
        new CountingStorageDriver(InMemoryStorageDriver.newBuilder().build());
    ExternalStorage storage =
        ExternalStorage.newBuilder().setDriver(driver).setStoreEnabled(false).build();

    start(storage, StartupCheck.FAIL);

    assertThat(driver.stores()).isZero();
    assertThat(driver.retrievals()).isEqualTo(1);
  }

  @Test
  void driversThatOnlyRetrieveAreOnlyRead() {
    CountingStorageDriver readOnly =
        new CountingStorageDriver(InMemoryStorageDriver.newBuilder().setName("former").build());
    CountingStorageDriver storing =
        new CountingStorageDriver(InMemoryStorageDriver.newBuilder().build());

    start(
        ExternalStorage.newBuilder()
            .setDriver(storing)
            .setReadOnlyDrivers(List.of(readOnly))
            .build(),
        StartupCheck.FAIL);

    assertThat(storing.stores()).isEqualTo(1);
    assertThat(readOnly.stores()).isZero();
    assertThat(readOnly.retrievals()).isEqualTo(1);
  }

  @Test
  void aSupplierThatThrowsDoesNotKeepWorkersFromStarting() {
    ExternalStorage storage =
        ExternalStorage.newBuilder()
            .setDriver(InMemoryStorageDriver.newBuilder().build())
            .setStoreEnabled(
                () -> {
                  throw new IllegalStateException("no flags");
                })
            .build();

    storage.checkAtStart().run(StartupCheck.WARN);
  }

  @Test
  void closingTheStorageAbortsTheCheck() throws InterruptedException {
    ManualStorageDriver driver = new ManualStorageDriver("manual");
    ExternalStorage storage = storage(driver);
    start(storage, StartupCheck.WARN);
    ManualStorageDriver.Call<?, ?> check = driver.nextStore();

    storage.close();

    assertThatThrownBy(() -> check.result().get(60, TimeUnit.SECONDS))
        .isInstanceOf(CancellationException.class);
  }

  /** A process that has clients only. */
  @Test
  void canBeRunWithoutWorkers() {
    CountingStorageDriver driver =
        new CountingStorageDriver(InMemoryStorageDriver.newBuilder().build());

    ExternalStoragePlugin.newBuilder(storage(driver))
        .setStartupCheck(StartupCheck.FAIL)
        .build()
        .runStartupCheck();

    assertThat(driver.stores()).isEqualTo(1);
  }

  private static ExternalStorage storage(StorageDriver driver) {
    return ExternalStorage.newBuilder().setDriver(driver).build();
  }

  private void start(ExternalStorage storage, StartupCheck check) {
    start(ExternalStoragePlugin.newBuilder(storage).setStartupCheck(check).build());
  }

  private void start(ExternalStoragePlugin plugin) {
    WorkerFactory factory =
        WorkerFactory.newInstance(
            clients.newClient(WorkflowClientOptions.newBuilder().setPlugins(plugin).build()));
    plugin.startWorkerFactory(factory, started::add);
  }
}
