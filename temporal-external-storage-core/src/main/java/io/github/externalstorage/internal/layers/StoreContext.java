package io.github.externalstorage.internal.layers;

import io.github.externalstorage.driver.CancellationToken;
import io.github.externalstorage.driver.StorageDriverStoreContext;
import io.github.externalstorage.driver.StorageDriverTargetInfo;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A store context whose parts come from different layers. */
record StoreContext(
    StorageDriverStoreContext outer, CancellationToken token, Consumer<Instant> storedAt)
    implements StorageDriverStoreContext {

  static StoreContext withToken(StorageDriverStoreContext outer, CancellationToken token) {
    return new StoreContext(outer, token, outer::reportStoredAt);
  }

  /** What is reported reaches the outer context as well. */
  static StoreContext withStoredAt(StorageDriverStoreContext outer, Consumer<Instant> storedAt) {
    return new StoreContext(
        outer, outer.getCancellationToken(), storedAt.andThen(outer::reportStoredAt));
  }

  static @Nullable String namespaceOf(StorageDriverStoreContext context) {
    return context.getTarget().map(StorageDriverTargetInfo::namespace).orElse(null);
  }

  @Override
  public Optional<StorageDriverTargetInfo> getTarget() {
    return outer.getTarget();
  }

  @Override
  public CancellationToken getCancellationToken() {
    return token;
  }

  @Override
  public void reportStoredAt(Instant time) {
    storedAt.accept(time);
  }
}
