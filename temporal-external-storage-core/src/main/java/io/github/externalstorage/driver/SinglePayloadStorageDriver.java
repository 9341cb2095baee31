package io.github.externalstorage.driver;

import io.github.externalstorage.internal.futures.Futures;
import io.temporal.api.common.v1.Payload;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * A base for drivers whose storage knows no batches: each payload is stored and retrieved by a
 * request of its own, all of a batch side by side. The first failure cancels the rest of the batch.
 *
 * <p>A subclass has one rule to keep: cancelling a future that it returned aborts the request. The
 * context's token, the order, and exceptions thrown instead of returned are taken care of here.
 */
public abstract class SinglePayloadStorageDriver implements StorageDriver {

  /** Stores one payload, durably before the future completes. */
  protected abstract CompletableFuture<StorageDriverClaim> storePayload(
      StorageDriverStoreContext context, Payload payload);

  /** Retrieves one payload. The claim may be forged and is validated first. */
  protected abstract CompletableFuture<Payload> retrievePayload(
      StorageDriverRetrieveContext context, StorageDriverClaim claim);

  @Override
  public final CompletableFuture<List<StorageDriverClaim>> store(
      StorageDriverStoreContext context, List<Payload> payloads) {
    return Futures.sideBySide(
        context.getCancellationToken(), payloads, payload -> storePayload(context, payload));
  }

  @Override
  public final CompletableFuture<List<Payload>> retrieve(
      StorageDriverRetrieveContext context, List<StorageDriverClaim> claims) {
    return Futures.sideBySide(
        context.getCancellationToken(), claims, claim -> retrievePayload(context, claim));
  }
}
