package io.github.externalstorage.codec.http.internal.server;

import io.github.externalstorage.codec.http.internal.protocol.HttpErrorException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/** Limits how many requests are processed at once, in order of arrival, and for how long. */
final class RequestTurns {

  private final Semaphore places;
  private final Semaphore turns;
  private final Duration timeout;

  RequestTurns(int concurrent, int queued, Duration timeout) {
    places = new Semaphore(concurrent + queued);
    turns = new Semaphore(concurrent, true);
    this.timeout = timeout;
  }

  /**
   * Rejects a request before its body is received if it would be rejected afterwards.
   *
   * @throws HttpErrorException 503 if the queue is full
   */
  void requireRoom() {
    if (places.availablePermits() == 0) {
      throw tooMany();
    }
  }

  /**
   * Waits for its turn, then does the work.
   *
   * @throws HttpErrorException 503 if there is no room, 504 if it takes too long and was
   *     interrupted. Exceptions of the work itself are thrown unchanged.
   */
  <T> T call(Supplier<T> work) {
    if (!places.tryAcquire()) {
      throw tooMany();
    }
    Deadline deadline = Deadline.after(timeout);
    try (deadline) {
      turns.acquire();
      try {
        return work.get();
      } finally {
        turns.release();
      }
    } catch (InterruptedException e) {
      throw timedOut(e);
    } catch (RuntimeException e) {
      throw deadline.isExpired() ? timedOut(e) : e;
    } finally {
      places.release();
    }
  }

  private HttpErrorException timedOut(Exception cause) {
    return new HttpErrorException(504, "The request was not completed within " + timeout, cause);
  }

  private static HttpErrorException tooMany() {
    return HttpErrorException.overloaded("Too many requests at once; try again");
  }
}
