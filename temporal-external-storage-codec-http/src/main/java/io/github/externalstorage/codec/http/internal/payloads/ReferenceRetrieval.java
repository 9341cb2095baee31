package io.github.externalstorage.codec.http.internal.payloads;

import io.github.externalstorage.ExternalStorage;
import io.github.externalstorage.driver.StorageDriverRetrieveContext;
import io.temporal.api.common.v1.Payload;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Retrieves references side by side and hands the payloads out in order. It is only so far ahead:
 * whoever takes them counts their bytes and stops when they become too many.
 */
final class ReferenceRetrieval implements Iterator<Payload>, AutoCloseable {

  private static final int WINDOW = 32;

  private final ExternalStorage storage;
  private final Iterator<Payload> references;
  private final Deque<CompletableFuture<List<Payload>>> underWay = new ArrayDeque<>(WINDOW);

  ReferenceRetrieval(ExternalStorage storage, List<Payload> references) {
    this.storage = storage;
    this.references = references.iterator();
  }

  @Override
  public boolean hasNext() {
    return references.hasNext() || !underWay.isEmpty();
  }

  @Override
  public Payload next() {
    while (references.hasNext() && underWay.size() < WINDOW) {
      underWay.add(
          storage.retrieve(StorageDriverRetrieveContext.empty(), List.of(references.next())));
    }
    List<Payload> payload = StorageCall.await(underWay.element());
    underWay.remove();
    return payload.get(0);
  }

  @Override
  public void close() {
    underWay.forEach(future -> future.cancel(true));
  }
}
