package io.github.externalstorage.codec.http.internal.payloads;

import io.github.externalstorage.reference.StoredPayload;
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

  private final Iterator<StoredPayload> references;
  private final Deque<CompletableFuture<Payload>> underWay = new ArrayDeque<>(WINDOW);

  ReferenceRetrieval(List<StoredPayload> references) {
    this.references = references.iterator();
  }

  @Override
  public boolean hasNext() {
    return references.hasNext() || !underWay.isEmpty();
  }

  @Override
  public Payload next() {
    while (references.hasNext() && underWay.size() < WINDOW) {
      underWay.add(references.next().retrieve());
    }
    Payload payload = StorageCall.await(underWay.element());
    underWay.remove();
    return payload;
  }

  @Override
  public void close() {
    underWay.forEach(future -> future.cancel(true));
  }
}
