package io.github.externalstorage.internal.layers;

import io.github.externalstorage.driver.CancellationSource;
import io.github.externalstorage.driver.CancellationToken;
import io.github.externalstorage.driver.StorageDriver;
import io.github.externalstorage.driver.StorageDriverClaim;
import io.github.externalstorage.driver.StorageDriverRetrieveContext;
import io.github.externalstorage.driver.StorageDriverStoreContext;
import io.github.externalstorage.driver.StorageException;
import io.github.externalstorage.driver.StorageException.Reason;
import io.github.externalstorage.internal.futures.Futures;
import io.github.externalstorage.options.StorageEvent;
import io.github.externalstorage.options.StorageEvent.Operation;
import io.github.externalstorage.options.StorageRetryOptions;
import io.github.externalstorage.reference.EncodedReference;
import io.github.externalstorage.reference.StorageReference;
import io.temporal.api.common.v1.Payload;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The innermost layer: calls the driver, retries retryable failures, and reports to metrics and
 * listener. It checks what the driver returns, so that the other layers can rely on it.
 */
final class RetryingStorageDriver extends ForwardingStorageDriver {

  private final StorageRetryOptions options;
  private final RetryLoop.Clock clock;
  private final Notifications notifications;

  RetryingStorageDriver(
      StorageDriver driver,
      StorageRetryOptions options,
      RetryLoop.Clock clock,
      Notifications notifications) {
    super(driver);
    this.options = options;
    this.clock = clock;
    this.notifications = notifications;
  }

  @Override
  public CompletableFuture<StorageDriverClaim> store(
      StorageDriverStoreContext context, Payload payload) {
    return retrying(
        Operation.STORE,
        StoreContext.namespaceOf(context),
        token -> driver.store(StoreContext.withToken(context, token), payload),
        UnaryOperator.identity(),
        claim -> payload.getSerializedSize());
  }

  @Override
  public CompletableFuture<Payload> retrieve(
      StorageDriverRetrieveContext context, StorageDriverClaim claim) {
    return retrying(
        Operation.RETRIEVE,
        RetrieveContext.namespaceOf(context),
        token -> driver.retrieve(RetrieveContext.withToken(context, token), claim),
        this::requireNoReference,
        payload -> payload == null ? 0 : payload.getSerializedSize());
  }

  /**
   * @param call given the cancellation of all its attempts
   * @param check rejects a result that the driver must not return
   * @param bytesOf the payload's size, from the result, which is null if the call failed
   */
  private <T> CompletableFuture<T> retrying(
      Operation operation,
      @Nullable String namespace,
      Function<CancellationToken, CompletableFuture<T>> call,
      UnaryOperator<T> check,
      ToLongFunction<@Nullable T> bytesOf) {
    long start = clock.nanoTime();
    CancellationSource cancellation = new CancellationSource();
    CompletableFuture<T> result =
        new RetryLoop<>(
                () -> Futures.map(attempt(() -> call.apply(cancellation)), check),
                options,
                clock,
                (duration, failure) -> retried(operation, namespace, duration, failure))
            .start();
    Futures.onFailure(result, cancellation::cancel);
    return Futures.observed(
        result,
        (value, failure) -> {
          if (notifications.areObserved()) {
            Duration duration = Duration.ofNanos(clock.nanoTime() - start);
            report(
                StorageEvent.of(
                    operation, getName(), namespace, bytesOf.applyAsLong(value), duration),
                failure);
          }
        });
  }

  private <T> CompletableFuture<T> attempt(Supplier<CompletableFuture<T>> call) {
    return Futures.map(
        Futures.call(() -> required("returned null instead of a future", call.get())),
        result -> required("completed a future with null", result));
  }

  private <T> T required(String defect, @Nullable T result) {
    if (result == null) {
      throw new StorageException(
          Reason.MISCONFIGURED, "The storage driver '%s' %s".formatted(getName(), defect));
    }
    return result;
  }

  private void retried(
      Operation operation, @Nullable String namespace, Duration duration, Throwable failure) {
    notifications.send(
        listener ->
            listener.onRetried(
                StorageEvent.of(operation, getName(), namespace, 0, duration), failure));
  }

  private void report(StorageEvent event, @Nullable Throwable failure) {
    if (failure != null) {
      notifications.sendFailure(event, failure);
    } else if (event.getOperation() == Operation.STORE) {
      notifications.send(observer -> observer.onStored(event));
    } else {
      notifications.send(observer -> observer.onRetrieved(event));
    }
  }

  /** No SDK stores a reference, so one that is retrieved must be forged. */
  private Payload requireNoReference(Payload payload) {
    if (StorageReference.isReference(payload) || EncodedReference.isReference(payload)) {
      throw new StorageException(
          Reason.CORRUPTED,
          "What the storage driver '%s' retrieved is itself a reference; references to references are not followed"
              .formatted(getName()));
    }
    return payload;
  }
}
