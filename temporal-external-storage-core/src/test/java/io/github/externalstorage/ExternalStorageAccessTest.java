package io.github.externalstorage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.externalstorage.driver.InMemoryStorageDriver;
import io.github.externalstorage.driver.StorageDriverClaim;
import io.github.externalstorage.driver.StorageDriverRetrieveContext;
import io.github.externalstorage.driver.StorageDriverStoreContext;
import io.github.externalstorage.driver.StorageException;
import io.github.externalstorage.driver.StorageException.Reason;
import io.temporal.api.common.v1.Payload;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

final class ExternalStorageAccessTest {

  private final CountingStorageDriver driver =
      new CountingStorageDriver(InMemoryStorageDriver.newBuilder().build());

  @Test
  void storesAndRetrievesEachTime() {
    try (ExternalStorage storage = ExternalStorage.newBuilder().setDriver(driver).build()) {
      storage.checkAccess().join();
      storage.checkAccess().join();
    }

    assertThat(driver.stores()).isEqualTo(2);
    assertThat(driver.retrievals()).isEqualTo(2);
  }

  @Test
  void failsAsTheDriverDoes() {
    StubStorageDriver failing =
        new StubStorageDriver("failing") {
          @Override
          public CompletableFuture<StorageDriverClaim> store(
              StorageDriverStoreContext context, Payload payload) {
            return CompletableFuture.failedFuture(
                new StorageException(Reason.ACCESS_DENIED, "no permission to store"));
          }
        };
    try (ExternalStorage storage =
        ExternalStorage.newBuilder()
            .setDrivers(List.of(driver, failing))
            .setDriverSelector((context, payload) -> null)
            .build()) {

      assertThatThrownBy(() -> storage.checkAccess().join())
          .hasRootCauseInstanceOf(StorageException.class)
          .hasRootCauseMessage("no permission to store");
    }
  }

  @Test
  void failsIfAnotherPayloadIsRetrieved() {
    CountingStorageDriver mixingUp =
        new CountingStorageDriver(InMemoryStorageDriver.newBuilder().build()) {
          @Override
          public CompletableFuture<Payload> retrieve(
              StorageDriverRetrieveContext context, StorageDriverClaim claim) {
            return CompletableFuture.completedFuture(Payload.getDefaultInstance());
          }
        };
    try (ExternalStorage storage = ExternalStorage.newBuilder().setDriver(mixingUp).build()) {

      assertThatThrownBy(() -> storage.checkAccess().join())
          .hasRootCauseMessage(
              "The storage driver 'in-memory' retrieved another payload than it had stored");
    }
  }

  @Test
  void leavesDriversThatOnlyRetrieveAlone() {
    try (ExternalStorage storage =
        ExternalStorage.newBuilder().setReadOnlyDrivers(List.of(driver)).build()) {
      storage.checkAccess().join();
    }

    assertThat(driver.stores()).isZero();
  }
}
