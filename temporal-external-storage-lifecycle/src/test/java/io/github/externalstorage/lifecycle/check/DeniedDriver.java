package io.github.externalstorage.lifecycle.check;

import io.github.externalstorage.driver.StorageDriver;
import io.github.externalstorage.driver.StorageException;
import io.github.externalstorage.driver.StorageException.Reason;
import io.github.externalstorage.driver.StoredObjects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** A driver whose storage denies access. */
final class DeniedDriver extends PlainDriver {

  DeniedDriver(StorageDriver driver) {
    super(driver);
  }

  @Override
  public Optional<StoredObjects> getStoredObjects() {
    return Optional.of(
        claim ->
            CompletableFuture.failedFuture(
                new StorageException(Reason.ACCESS_DENIED, "access is denied")));
  }
}
