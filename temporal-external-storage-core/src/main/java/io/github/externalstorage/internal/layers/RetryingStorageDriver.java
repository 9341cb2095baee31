package io.github.externalstorage.internal.layers;

import io.github.externalstorage.ExternalStorage;
import io.github.externalstorage.StorageEvent;
import io.github.externalstorage.StorageEvent.Operation;
import io.github.externalstorage.StorageListener;
import io.github.externalstorage.StorageRetryOptions;
import io.github.externalstorage.driver.CancellationToken;
import io.github.externalstorage.driver.StorageDriver;
import io.github.externalstorage.driver.StorageDriverClaim;
import io.github.externalstorage.driver.StorageDriverRetrieveContext;
import io.github.externalstorage.driver.StorageDriverStoreContext;
import io.github.externalstorage.internal.futures.Futures;
import io.temporal.api.common.v1.Payload;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Makes the failed calls of another driver again, where the failure says that this can help.
 *
 * <p>{@link ExternalStorage} puts this around every driver by itself, see {@link
 * ExternalStorage.Builder#setRetryOptions}. Use it directly only for a driver that is called
 * without an {@code ExternalStorage}: two layers of retries multiply. Thread-safe.
 */
public final class RetryingStorageDriver extends ForwardingStorageDriver {

  private final StorageRetryOptions options;
  private final RetryTimer timer;
  private final @Nullable StorageListener listener;

  /**
   * Wraps a driver and takes over its closing.
   *
   * @param driver the driver whose calls are made again
   * @param options when, and for how long
   */
  public RetryingStorageDriver(StorageDriver driver, StorageRetryOptions options) {
    this(driver, options, RetryTimer.SYSTEM, null);
  }

  RetryingStorageDriver(
      StorageDriver driver,
      StorageRetryOptions options,
      RetryTimer timer,
      @Nullable StorageListener listener) {
    super(driver);
    this.options = options;
    this.timer = timer;
    this.listener = listener;
  }

  @Override
  public CompletableFuture<List<StorageDriverClaim>> store(
      StorageDriverStoreContext context, List<Payload> payloads) {
    return retrying(
        context.getCancellationToken(),
        Operation.STORE,
        payloads.size(),
        () -> driver.store(context, payloads));
  }

  @Override
  public CompletableFuture<List<Payload>> retrieve(
      StorageDriverRetrieveContext context, List<StorageDriverClaim> claims) {
    return retrying(
        context.getCancellationToken(),
        Operation.RETRIEVE,
        claims.size(),
        () -> driver.retrieve(context, claims));
  }

  private <T> CompletableFuture<T> retrying(
      CancellationToken token,
      Operation operation,
      int count,
      Supplier<CompletableFuture<T>> call) {
    return Futures.cancelOn(
        token,
        new RetryLoop<>(
                call,
                options,
                timer,
                (duration, failure) -> retried(operation, count, duration, failure))
            .start());
  }

  private void retried(Operation operation, int count, Duration duration, Throwable failure) {
    if (listener != null) {
      listener.onRetried(new StorageEvent(operation, getName(), count, 0, duration), failure);
    }
  }
}
