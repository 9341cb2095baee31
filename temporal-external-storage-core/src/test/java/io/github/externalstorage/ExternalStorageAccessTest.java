package io.github.externalstorage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.externalstorage.driver.InMemoryStorageDriver;
import io.github.externalstorage.driver.StorageDriver;
import io.github.externalstorage.driver.StorageDriverClaim;
import io.github.externalstorage.driver.StorageDriverRetrieveContext;
import io.github.externalstorage.driver.StorageDriverStoreContext;
import io.github.externalstorage.driver.StorageException;
import io.github.externalstorage.driver.StorageException.Reason;
import io.github.externalstorage.internal.objects.DeniedOrMissing;
import io.temporal.api.common.v1.Payload;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

  @Test
  void aMissingObjectIsAsGoodAsOneThatIsRetrieved() {
    try (ExternalStorage storage = ExternalStorage.newBuilder().setDriver(driver).build()) {
      assertThat(storage.checkReadAccess().join()).isEmpty();
      storage.checkAccess().join();
      assertThat(storage.checkReadAccess().join()).isEmpty();
    }

    assertThat(driver.stores()).isEqualTo(1);
    // Once for each check: a missing object is not requested again.
    assertThat(driver.retrievals()).isEqualTo(3);
  }

  @Test
  void driversThatOnlyRetrieveAreCheckedToo() {
    try (ExternalStorage storage =
        ExternalStorage.newBuilder()
            .setReadOnlyDrivers(List.of(denying(Reason.MISCONFIGURED)))
            .build()) {

      assertThatThrownBy(() -> storage.checkReadAccess().join()).hasRootCauseMessage("denied");
    }
  }

  @Test
  void aDenialThatMayStandForAMissingObjectIsADoubt() {
    try (ExternalStorage storage =
        ExternalStorage.newBuilder().setDriver(denying(Reason.ACCESS_DENIED)).build()) {

      assertThat(storage.checkReadAccess().join())
          .singleElement()
          .asString()
          .startsWith("It can't be determined whether payloads can be retrieved")
          .endsWith("denied");
    }
  }

  @Test
  void aDriverThatCanNotNameTheObjectIsADoubt() {
    try (ExternalStorage storage =
        ExternalStorage.newBuilder().setDriver(new StubStorageDriver("stub")).build()) {

      assertThat(storage.checkReadAccess().join())
          .containsExactly("The storage driver 'stub' can't be checked without storing a payload");
    }
  }

  private static StorageDriver denying(Reason reason) {
    return new Denying(reason);
  }

  private static final class Denying extends StubStorageDriver {
    private final Reason reason;

    private Denying(Reason reason) {
      super("denying");
      this.reason = reason;
    }

    @Override
    public Optional<StorageDriverClaim> getClaim(
        StorageDriverStoreContext context, Payload payload) {
      return Optional.of(new StorageDriverClaim(Map.of("key", "value")));
    }

    @Override
    public CompletableFuture<Payload> retrieve(
        StorageDriverRetrieveContext context, StorageDriverClaim claim) {
      Throwable cause = reason == Reason.ACCESS_DENIED ? new DeniedOrMissing(null) : null;
      return CompletableFuture.failedFuture(new StorageException(reason, false, "denied", cause));
    }
  }
}
