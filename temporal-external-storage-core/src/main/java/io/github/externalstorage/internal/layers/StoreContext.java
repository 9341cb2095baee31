package io.github.externalstorage.internal.layers;

import io.github.externalstorage.driver.CancellationToken;
import io.github.externalstorage.driver.PayloadContent;
import io.github.externalstorage.driver.StorageDriverStoreContext;
import io.github.externalstorage.driver.StorageDriverTargetInfo;
import io.temporal.api.common.v1.Payload;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A store context whose parts come from different layers. */
record StoreContext(
    StorageDriverStoreContext outer,
    CancellationToken token,
    Function<Payload, PayloadContent> contents,
    Consumer<Instant> storedAt)
    implements StorageDriverStoreContext {

  static StoreContext withToken(StorageDriverStoreContext outer, CancellationToken token) {
    return new StoreContext(outer, token, outer::getContent, outer::reportStoredAt);
  }

  /** What is reported reaches the outer context as well. */
  static StoreContext withStoredAt(StorageDriverStoreContext outer, Consumer<Instant> storedAt) {
    return new StoreContext(
        outer,
        outer.getCancellationToken(),
        outer::getContent,
        storedAt.andThen(outer::reportStoredAt));
  }

  static StoreContext withContent(StorageDriverStoreContext outer, SharedContent content) {
    return new StoreContext(
        outer, outer.getCancellationToken(), content::of, outer::reportStoredAt);
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
  public PayloadContent getContent(Payload payload) {
    return contents.apply(payload);
  }

  @Override
  public void reportStoredAt(Instant time) {
    storedAt.accept(time);
  }
}
