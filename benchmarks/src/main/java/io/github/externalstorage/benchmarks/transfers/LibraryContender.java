package io.github.externalstorage.benchmarks.transfers;

import io.github.externalstorage.ExternalStorage;
import io.github.externalstorage.driver.StorageDriver;
import io.github.externalstorage.driver.StorageDriverClaim;
import io.github.externalstorage.driver.StorageDriverRetrieveContext;
import io.github.externalstorage.driver.StorageDriverStoreContext;
import io.github.externalstorage.reference.StorageReference;
import io.temporal.api.common.v1.Payload;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** This library with an empty cache. */
final class LibraryContender implements Contender {

  private final ExternalStorage storage;
  private final String driverName;

  /**
   * @param storage the storage with the settings to measure
   */
  LibraryContender(ExternalStorage.Builder storage, StorageDriver driver) {
    this.storage = storage.setDriver(driver).build();
    driverName = driver.getName();
  }

  @Override
  public CompletableFuture<?> store(Payload payload) {
    return storage.store(StorageDriverStoreContext.empty(), List.of(payload));
  }

  @Override
  public Supplier<CompletableFuture<?>> retrieval(StorageDriverClaim claim) {
    List<Payload> reference = List.of(new StorageReference(driverName, claim, 0).toPayload());
    return () -> storage.retrieve(StorageDriverRetrieveContext.empty(), reference);
  }
}
