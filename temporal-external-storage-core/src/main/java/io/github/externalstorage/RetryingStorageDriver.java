package io.github.externalstorage;

import io.temporal.api.common.v1.Payload;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

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

  /**
   * Wraps a driver and takes over its closing.
   *
   * @param driver the driver whose calls are made again
   * @param options when, and for how long
   */
  public RetryingStorageDriver(StorageDriver driver, StorageRetryOptions options) {
    this(driver, options, RetryTimer.SYSTEM);
  }

  RetryingStorageDriver(StorageDriver driver, StorageRetryOptions options, RetryTimer timer) {
    super(driver);
    this.options = options;
    this.timer = timer;
  }

  @Override
  public CompletableFuture<List<StorageDriverClaim>> store(
      StorageDriverStoreContext context, List<Payload> payloads) {
    return retrying(context.getCancellationToken(), () -> driver.store(context, payloads));
  }

  @Override
  public CompletableFuture<List<Payload>> retrieve(
      StorageDriverRetrieveContext context, List<StorageDriverClaim> claims) {
    return retrying(context.getCancellationToken(), () -> driver.retrieve(context, claims));
  }

  private <T> CompletableFuture<T> retrying(
      CancellationToken token, Supplier<CompletableFuture<T>> operation) {
    return Futures.cancelOn(token, new RetryLoop<>(operation, options, timer).start());
  }
}
