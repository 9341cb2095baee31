package io.github.externalstorage.internal.sdk;

import io.github.externalstorage.driver.StorageDriver;
import io.github.externalstorage.internal.futures.Futures;
import io.temporal.api.common.v1.Payload;
import io.temporal.payload.storage.StorageDriverRetrieveContext;
import io.temporal.payload.storage.StorageDriverStoreContext;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Adapts a driver of this library to the SDK, under its present name or a former one. */
public record NativeStorageDriver(String name, StorageDriver driver)
    implements io.temporal.payload.storage.StorageDriver {

  @Override
  public String getName() {
    return name;
  }

  @Override
  public String getType() {
    return driver.getType();
  }

  @Override
  public CompletableFuture<List<io.temporal.payload.storage.StorageDriverClaim>> store(
      StorageDriverStoreContext context, List<Payload> payloads) {
    io.github.externalstorage.driver.StorageDriverStoreContext ours = NativeContexts.of(context);
    return Futures.explainCancellation(
        Futures.sideBySide(
            ours.getCancellationToken(),
            payloads,
            payload -> Futures.map(driver.store(ours, payload), NativeContexts::toNative)));
  }

  @Override
  public CompletableFuture<List<Payload>> retrieve(
      StorageDriverRetrieveContext context,
      List<io.temporal.payload.storage.StorageDriverClaim> claims) {
    io.github.externalstorage.driver.StorageDriverRetrieveContext ours = NativeContexts.of(context);
    return Futures.explainCancellation(
        Futures.sideBySide(
            ours.getCancellationToken(),
            claims,
            claim -> driver.retrieve(ours, NativeContexts.of(claim))));
  }
}
