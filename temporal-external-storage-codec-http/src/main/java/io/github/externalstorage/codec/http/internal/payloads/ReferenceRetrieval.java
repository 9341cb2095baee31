package io.github.externalstorage.codec.http.internal.payloads;

import io.github.externalstorage.reference.StoredPayload;
import io.temporal.api.common.v1.Payload;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Retrieves payloads concurrently and returns them in order. It reads only a limited number ahead,
 * since the caller counts the bytes and stops when there are too many.
 */
final class ReferenceRetrieval implements Iterator<Payload>, AutoCloseable {

  private static final int WINDOW = 32;

  private final Iterator<StoredPayload> references;
  private final Deque<CompletableFuture<Payload>> inProgress = new ArrayDeque<>(WINDOW);

  ReferenceRetrieval(List<StoredPayload> references) {
    this.references = references.iterator();
  }

  @Override
  public boolean hasNext() {
    return references.hasNext() || !inProgress.isEmpty();
  }

  @Override
  public Payload next() {
    while (references.hasNext() && inProgress.size() < WINDOW) {
      inProgress.add(references.next().retrieve());
    }
    Payload payload = StorageCall.await(inProgress.element());
    inProgress.remove();
    return payload;
  }

  @Override
  public void close() {
    inProgress.forEach(future -> future.cancel(true));
  }
}
