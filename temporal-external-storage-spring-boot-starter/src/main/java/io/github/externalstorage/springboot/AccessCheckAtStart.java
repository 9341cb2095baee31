package io.github.externalstorage.springboot;

import io.github.externalstorage.ExternalStorage;
import io.github.externalstorage.internal.futures.Futures;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;

/**
 * Checks the storage once all beans exist, so that a missing bucket or permission is reported
 * before the first large payload. Checks nothing if storing is disabled.
 */
final class AccessCheckAtStart implements SmartInitializingSingleton {

  private static final Logger log = LoggerFactory.getLogger(AccessCheckAtStart.class);
  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  private final ExternalStorage storage;
  private final StartupCheck mode;

  AccessCheckAtStart(ExternalStorage storage, StartupCheck mode) {
    this.storage = storage;
    this.mode = mode;
  }

  @Override
  public void afterSingletonsInstantiated() {
    if (mode == StartupCheck.OFF || !storage.isStoreEnabled()) {
      return;
    }
    CompletableFuture<Void> check =
        storage.checkAccess().orTimeout(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
    if (mode == StartupCheck.FAIL) {
      try {
        check.join();
      } catch (CompletionException e) {
        throw new IllegalStateException(message(e), e);
      }
    } else {
      check.whenComplete(
          (done, failure) -> {
            if (failure != null) {
              log.error(message(failure), failure);
            }
          });
    }
  }

  private static String message(Throwable failure) {
    String reason = Futures.unwrap(failure).getMessage();
    return "Large payloads can't be stored and retrieved: %s"
        .formatted(reason == null ? "no response within " + TIMEOUT.toSeconds() + " s" : reason);
  }
}
