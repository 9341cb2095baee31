package io.github.externalstorage;

import io.github.externalstorage.driver.CancellationToken;
import io.github.externalstorage.driver.StorageDriverRetrieveContext;
import io.github.externalstorage.driver.StorageDriverStoreContext;
import io.github.externalstorage.driver.StorageDriverTargetInfo;
import java.util.Optional;

/** Contexts of callers that may cancel. */
public final class TestContexts {

  private TestContexts() {}

  public static StorageDriverStoreContext storing(CancellationToken token) {
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

  public static StorageDriverRetrieveContext retrieving(CancellationToken token) {
    return new StorageDriverRetrieveContext() {
      @Override
      public CancellationToken getCancellationToken() {
        return token;
      }
    };
  }
}
