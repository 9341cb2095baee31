package io.github.externalstorage.internal.sdk;

import io.github.externalstorage.driver.StorageDriver;
import io.github.externalstorage.internal.futures.Futures;
import io.temporal.api.common.v1.Payload;
import io.temporal.payload.storage.StorageDriverRetrieveContext;
import io.temporal.payload.storage.StorageDriverStoreContext;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** A driver of ours as the SDK wants one, under one of the names that it answers to. */
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
    return Futures.map(
        Futures.explainCancellation(
            Futures.call(() -> driver.store(NativeContexts.of(context), payloads))),
        claims -> claims.stream().map(NativeContexts::toNative).toList());
  }

  @Override
  public CompletableFuture<List<Payload>> retrieve(
      StorageDriverRetrieveContext context,
      List<io.temporal.payload.storage.StorageDriverClaim> claims) {
    return Futures.explainCancellation(
        Futures.call(
            () ->
                driver.retrieve(
                    NativeContexts.of(context), claims.stream().map(NativeContexts::of).toList())));
  }
}
