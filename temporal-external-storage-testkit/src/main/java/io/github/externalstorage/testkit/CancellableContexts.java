package io.github.externalstorage.testkit;

import io.github.externalstorage.driver.CancellationToken;
import io.github.externalstorage.driver.StorageDriverRetrieveContext;
import io.github.externalstorage.driver.StorageDriverStoreContext;
import io.github.externalstorage.driver.StorageDriverTargetInfo;
import java.util.Optional;

/** Contexts of callers that may cancel. */
final class CancellableContexts {

  private CancellableContexts() {}

  static StorageDriverStoreContext storing(CancellationToken token) {
    return new StorageDriverStoreContext() {
      @Override
      public Optional<StorageDriverTargetInfo> getTarget() {
        return Optional.empty();
      }

      @Override
      public CancellationToken getCancellationToken() {
        return token;
      }
    };
  }

  static StorageDriverRetrieveContext retrieving(CancellationToken token) {
    return new StorageDriverRetrieveContext() {
      @Override
      public CancellationToken getCancellationToken() {
        return token;
      }
    };
  }
}
