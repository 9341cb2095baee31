package io.github.externalstorage;

import static io.github.externalstorage.StorageFailures.failureOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.externalstorage.driver.StorageDriver;
import io.github.externalstorage.driver.StorageDriverStoreContext;
import io.github.externalstorage.driver.StorageException.Reason;
import io.temporal.api.common.v1.Payload;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Selectors that break their contract. Their drivers are never called. */
class ExternalStorageSelectorFaultsTest {

  private static final List<Payload> PAYLOADS = List.of(TestPayloads.json("1"));

  private final StorageDriver driver = new StubStorageDriver("stub");

  @Test
  void selectedDriverMustBeRegistered() {
    ExternalStorage storage =
        ExternalStorage.newBuilder()
            .setDriver(driver)
            .setPayloadSizeThreshold(0)
            .setDriverSelector((context, payload) -> new StubStorageDriver("stub"))
            .build();

    assertThat(
            failureOf(
                storage.store(StorageDriverStoreContext.empty(), PAYLOADS), Reason.MISCONFIGURED))
        .hasMessageContaining("'stub'")
        .hasMessageContaining("not registered");
  }

  @Test
  void selectedDriverMustBeRegisteredForStoring() {
    StorageDriver readOnly = new StubStorageDriver("archive");
    ExternalStorage storage =
        ExternalStorage.newBuilder()
            .setDriver(driver)
            .setReadOnlyDrivers(List.of(readOnly))
            .setPayloadSizeThreshold(0)
            .setDriverSelector((context, payload) -> readOnly)
            .build();

    assertThat(
            failureOf(
                storage.store(StorageDriverStoreContext.empty(), PAYLOADS), Reason.MISCONFIGURED))
        .hasMessageContaining("'archive'")
        .hasMessageContaining("[stub]");
  }

  @Test
  void throwingSelectorFailsTheFuture() {
    IllegalStateException defect = new IllegalStateException("defect");
    ExternalStorage storage =
        ExternalStorage.newBuilder()
            .setDriver(driver)
            .setPayloadSizeThreshold(0)
            .setDriverSelector(
                (context, payload) -> {
                  throw defect;
                })
            .build();

    assertThat(failureOf(storage.store(StorageDriverStoreContext.empty(), PAYLOADS)))
        .isSameAs(defect);
  }
}
