package io.github.externalstorage.internal.sdk;

import io.github.externalstorage.driver.CancellationToken;
import io.github.externalstorage.driver.StorageDriver;
import io.github.externalstorage.driver.StorageDriverClaim;
import io.github.externalstorage.driver.StorageDriverRetrieveContext;
import io.github.externalstorage.driver.StorageDriverStoreContext;
import io.github.externalstorage.driver.StorageException;
import io.github.externalstorage.driver.StorageException.Reason;
import io.github.externalstorage.internal.futures.Futures;
import io.temporal.api.common.v1.Payload;
import io.temporal.payload.storage.StorageDriverTargetInfo;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Adapts a driver that was written for the SDK to this library. */
public record SdkStorageDriver(io.temporal.payload.storage.StorageDriver driver)
    implements StorageDriver {

  @Override
  public String getName() {
    return driver.getName();
  }

  @Override
  public String getType() {
    return driver.getType();
  }

  @Override
  public CompletableFuture<StorageDriverClaim> store(
      StorageDriverStoreContext context, Payload payload) {
    return Futures.map(
        Futures.call(() -> driver.store(new StoreContext(context), List.of(payload))),
        claims -> NativeContexts.of(only("claim", claims)));
  }

  @Override
  public CompletableFuture<Payload> retrieve(
      StorageDriverRetrieveContext context, StorageDriverClaim claim) {
    return Futures.map(
        Futures.call(
            () ->
                driver.retrieve(
                    new RetrieveContext(context), List.of(NativeContexts.toNative(claim)))),
        payloads -> only("payload", payloads));
  }

  private <T> T only(String what, @Nullable List<@Nullable T> results) {
    T result = results == null || results.size() != 1 ? null : results.get(0);
    if (result == null) {
      throw new StorageException(
          Reason.MISCONFIGURED,
          "The storage driver '%s' returned null, or a list that does not contain exactly one %s"
              .formatted(getName(), what));
    }
    return result;
  }

  private record StoreContext(StorageDriverStoreContext context)
      implements io.temporal.payload.storage.StorageDriverStoreContext {

    @Override
    public @Nullable StorageDriverTargetInfo getTarget() {
      return NativeContexts.toNative(context.getTarget().orElse(null));
    }

    @Override
    public io.temporal.common.CancellationToken<CancellationException> getCancellationToken() {
      return new SdkCancellation(context.getCancellationToken());
    }
  }

  private record RetrieveContext(StorageDriverRetrieveContext context)
      implements io.temporal.payload.storage.StorageDriverRetrieveContext {

    @Override
    public io.temporal.common.CancellationToken<CancellationException> getCancellationToken() {
      return new SdkCancellation(context.getCancellationToken());
    }
  }

  private record SdkCancellation(CancellationToken token)
      implements io.temporal.common.CancellationToken<CancellationException> {

    @Override
    public boolean isCancellationRequested() {
      return token.isCancellationRequested();
    }

    @Override
    public void throwIfCancellationRequested() {
      if (isCancellationRequested()) {
        throw new CancellationException("The caller no longer needs the result");
      }
    }

    @Override
    public Registration onCancel(Runnable action) {
      return token.onCancel(action)::close;
    }
  }
}
