package io.github.externalstorage.internal.layers;

import io.github.externalstorage.driver.CancellationToken;
import io.github.externalstorage.driver.StorageDriverRetrieveContext;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/**
 * A retrieve context whose parts come from different layers.
 *
 * @param namespace that of the client or worker that retrieves, for events; null if unknown
 */
public record RetrieveContext(
    CancellationToken token,
    LongFunction<CompletableFuture<Void>> reservation,
    Consumer<Instant> storedAt,
    @Nullable String namespace)
    implements StorageDriverRetrieveContext {

  /** The context of a client or worker. */
  public static StorageDriverRetrieveContext of(
      CancellationToken token, @Nullable String namespace) {
    StorageDriverRetrieveContext empty = StorageDriverRetrieveContext.empty();
    return new RetrieveContext(token, empty::reserve, empty::reportStoredAt, namespace);
  }

  static RetrieveContext withToken(StorageDriverRetrieveContext outer, CancellationToken token) {
    return new RetrieveContext(token, outer::reserve, outer::reportStoredAt, namespaceOf(outer));
  }

  static RetrieveContext withReservation(
      StorageDriverRetrieveContext outer, LongFunction<CompletableFuture<Void>> reservation) {
    return new RetrieveContext(
        outer.getCancellationToken(), reservation, outer::reportStoredAt, namespaceOf(outer));
  }

  /** What is reported reaches the outer context as well. */
  static RetrieveContext withStoredAt(
      StorageDriverRetrieveContext outer, Consumer<Instant> storedAt) {
    return new RetrieveContext(
        outer.getCancellationToken(),
        outer::reserve,
        storedAt.andThen(outer::reportStoredAt),
        namespaceOf(outer));
  }

  static @Nullable String namespaceOf(StorageDriverRetrieveContext context) {
    return context instanceof RetrieveContext ours ? ours.namespace : null;
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
