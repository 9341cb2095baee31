package io.github.externalstorage.codec.http;

import io.temporal.api.common.v1.Payload;
import io.temporal.payload.codec.PayloadCodec;
import java.util.List;
import java.util.concurrent.Semaphore;

/** A codec that waits until the test releases it, so that the test knows what is in progress. */
final class GatedCodec implements PayloadCodec {

  private final Semaphore arrived = new Semaphore(0);
  private final Semaphore gate = new Semaphore(0);
  private final Semaphore interrupted = new Semaphore(0);

  void awaitArrivals(int count) throws InterruptedException {
    arrived.acquire(count);
  }

  /** Whether it was interrupted since the last call. */
  boolean wasInterrupted() {
    return interrupted.tryAcquire();
  }

  void open() {
    gate.release(Integer.MAX_VALUE / 2);
  }

  @Override
  public List<Payload> encode(List<Payload> payloads) {
    return payloads;
  }

  @Override
  public List<Payload> decode(List<Payload> payloads) {
    arrived.release();
    try {
      gate.acquire();
      return payloads;
    } catch (InterruptedException e) {
      interrupted.release();
      throw new IllegalStateException(e);
    }
  }
}
