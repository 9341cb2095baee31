package io.github.externalstorage.internal.layers;

import io.github.externalstorage.internal.futures.Futures;
import java.util.concurrent.CompletableFuture;

/** The bytes that the current attempt of a call has reserved, until the call ends. */
final class CallBytes {

  private final FairPermits permits;
  private CompletableFuture<FairPermits.Lease> reserved = new CompletableFuture<>();
  private boolean ended;

  CallBytes(FairPermits permits) {
    this.permits = permits;
  }

  synchronized CompletableFuture<Void> reserve(long bytes) {
    if (ended) {
      return CompletableFuture.failedFuture(
          new IllegalStateException("The call that reserves memory has ended"));
    }
    release();
    reserved = permits.acquire(bytes);
    return Futures.map(reserved, lease -> null);
  }

  synchronized void end() {
    ended = true;
    release();
  }

  private void release() {
    reserved.cancel(true);
    reserved.thenAccept(FairPermits.Lease::close);
  }
}
