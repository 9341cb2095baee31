package io.github.externalstorage.codec.http.internal.payloads;

import io.github.externalstorage.driver.StorageException;
import io.github.externalstorage.driver.StorageException.Reason;
import io.github.externalstorage.internal.futures.Futures;
import io.github.externalstorage.reference.StoredPayload;
import io.temporal.api.common.v1.Payload;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Retrieves payloads concurrently and returns them in order. The memory of a payload is accounted
 * for before it is retrieved, by the size that its reference states, until the next one is
 * returned. Only a few are retrieved ahead, since the caller stops when there are too many bytes.
 */
final class ReferenceRetrieval implements AutoCloseable {

  private static final int MAX_IN_PROGRESS = 32;
  private static final long MAX_BYTES_IN_PROGRESS = 32 << 20;

  /** The assumed size if a reference states none, in bytes: the usual maximum of a driver. */
  private static final long UNKNOWN_SIZE = 50 << 20;

  private final Deque<StoredPayload> remaining;
  private final MemoryMeter memory;
  private final Deque<Retrieval> inProgress = new ArrayDeque<>();
  private long bytesInProgress;

  /** The accounted size of the payload that was returned last. */
  private long held;

  ReferenceRetrieval(List<StoredPayload> references, MemoryMeter memory) {
    remaining = new ArrayDeque<>(references);
    this.memory = memory;
  }

  Payload next() {
    release();
    while (mayStartAnother()) {
      start();
    }
    Retrieval retrieval = inProgress.element();
    Payload payload = StorageCall.await(retrieval.payload());
    inProgress.remove();
    bytesInProgress -= retrieval.accounted();
    int size = payload.getSerializedSize();
    memory.add(size - retrieval.accounted());
    held = size;
    return payload;
  }

  /**
   * Lets the caller keep the payload that was returned last: its memory is no longer released.
   *
   * @return how much of it is accounted for, in bytes
   */
  long keep() {
    long kept = held;
    held = 0;
    return kept;
  }

  private boolean mayStartAnother() {
    return !remaining.isEmpty()
        && (inProgress.isEmpty()
            || (inProgress.size() < MAX_IN_PROGRESS
                && bytesInProgress + expectedSize(remaining.element()) <= MAX_BYTES_IN_PROGRESS));
  }

  private void start() {
    long size = expectedSize(remaining.element());
    memory.add(size);
    bytesInProgress += size;
    inProgress.add(new Retrieval(retrieve(remaining.remove()), size));
  }

  private static long expectedSize(StoredPayload reference) {
    long stated = reference.getReference().sizeBytes();
    return stated == 0 ? UNKNOWN_SIZE : Math.min(stated, Integer.MAX_VALUE);
  }

  /** Drops a payload that is larger than stated, which nothing accounts for, as it arrives. */
  private static CompletableFuture<Payload> retrieve(StoredPayload reference) {
    long stated = reference.getReference().sizeBytes();
    return Futures.map(
        reference.retrieve(),
        payload -> {
          int size = payload.getSerializedSize();
          if (stated > 0 && size > stated) {
            throw new StorageException(
                Reason.CORRUPTED,
                "A reference states a size of %s bytes, but the stored payload has %s"
                    .formatted(stated, size));
          }
          return payload;
        });
  }

  private void release() {
    memory.add(-held);
    held = 0;
  }

  @Override
  public void close() {
    release();
    inProgress.forEach(retrieval -> retrieval.payload().cancel(true));
  }

  private record Retrieval(CompletableFuture<Payload> payload, long accounted) {}
}
