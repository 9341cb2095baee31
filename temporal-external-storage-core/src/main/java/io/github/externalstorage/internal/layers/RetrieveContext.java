package io.github.externalstorage.internal.layers;

import io.github.externalstorage.driver.CancellationToken;
import io.github.externalstorage.driver.StorageDriverRetrieveContext;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.LongFunction;

/** A retrieve context whose parts come from different layers. */
record RetrieveContext(
    CancellationToken token,
    LongFunction<CompletableFuture<Void>> reservation,
    Consumer<Instant> storedAt)
    implements StorageDriverRetrieveContext {

  static RetrieveContext withToken(StorageDriverRetrieveContext outer, CancellationToken token) {
    return new RetrieveContext(token, outer::reserve, outer::reportStoredAt);
  }

  static RetrieveContext withReservation(
      StorageDriverRetrieveContext outer, LongFunction<CompletableFuture<Void>> reservation) {
    return new RetrieveContext(outer.getCancellationToken(), reservation, outer::reportStoredAt);
  }

  static RetrieveContext withStoredAt(
      StorageDriverRetrieveContext outer, Consumer<Instant> storedAt) {
    return new RetrieveContext(outer.getCancellationToken(), outer::reserve, storedAt);
  }

  @Override
  public CancellationToken getCancellationToken() {
    return token;
  }

  @Override
  public CompletableFuture<Void> reserve(long bytes) {
    return reservation.apply(bytes);
  }

  @Override
  public void reportStoredAt(Instant time) {
    storedAt.accept(time);
  }
}
