package io.github.externalstorage.internal.sdk;

import io.github.externalstorage.driver.StorageDriver;
import io.github.externalstorage.internal.futures.Futures;
import io.github.externalstorage.internal.pipeline.SlowCalls;
import io.github.externalstorage.options.StorageEvent.Operation;
import io.temporal.api.common.v1.Payload;
import io.temporal.payload.storage.StorageDriverRetrieveContext;
import io.temporal.payload.storage.StorageDriverStoreContext;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Adapts a driver of this library to the SDK, under its present name or a former one.
 *
 * @param namespace that of the client and its workers; null if unknown
 */
public record NativeStorageDriver(
    String name, StorageDriver driver, @Nullable String namespace, SlowCalls slowCalls)
    implements io.temporal.payload.storage.StorageDriver {

  public NativeStorageDriver(String name, StorageDriver driver) {
    this(name, driver, null, new SlowCalls());
  }

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
    long start = slowCalls.start();
    return Futures.explainCancellation(
        Futures.observed(
            Futures.sideBySide(
                ours.getCancellationToken(),
                payloads,
                payload -> Futures.map(driver.store(ours, payload), NativeContexts::toNative)),
            (claims, failure) ->
                slowCalls.ended(
                    start,
                    Operation.STORE,
                    SlowCalls.Origin.of(ours.getTarget().orElse(null), null),
                    payloads.size(),
                    size(payloads))));
  }

  @Override
  public CompletableFuture<List<Payload>> retrieve(
      StorageDriverRetrieveContext context,
      List<io.temporal.payload.storage.StorageDriverClaim> claims) {
    io.github.externalstorage.driver.StorageDriverRetrieveContext ours =
        NativeContexts.of(context, namespace);
    long start = slowCalls.start();
    return Futures.explainCancellation(
        Futures.observed(
            Futures.sideBySide(
                ours.getCancellationToken(),
                claims,
                claim -> driver.retrieve(ours, NativeContexts.of(claim))),
            (payloads, failure) ->
                slowCalls.ended(
                    start,
                    Operation.RETRIEVE,
                    new SlowCalls.Origin(namespace, null, null),
                    claims.size(),
                    payloads == null ? 0 : size(payloads))));
  }

  private static long size(List<Payload> payloads) {
    return payloads.stream().mapToLong(Payload::getSerializedSize).sum();
  }
}
