package io.github.externalstorage;

import io.github.externalstorage.driver.CancellationToken;
import io.github.externalstorage.driver.StorageDriverClaim;
import io.github.externalstorage.driver.StorageDriverRetrieveContext;
import io.github.externalstorage.driver.StorageDriverStoreContext;
import io.temporal.api.common.v1.Payload;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A driver whose calls wait until the test completes them. */
public final class ManualStorageDriver extends StubStorageDriver {

  /** One call and its future result. */
  public record Call<Q, A>(
      Q item, CancellationToken token, CompletableFuture<A> result, int number) {}

  private final BlockingQueue<Call<Payload, StorageDriverClaim>> stores =
      new LinkedBlockingQueue<>();
  private final BlockingQueue<Call<StorageDriverClaim, Payload>> retrievals =
      new LinkedBlockingQueue<>();
  private int calls;

  public ManualStorageDriver(String name) {
    super(name);
  }

  public static StorageDriverClaim claim(String key) {
    return new StorageDriverClaim(Map.of("key", key));
  }

  @Override
  public synchronized CompletableFuture<StorageDriverClaim> store(
      StorageDriverStoreContext context, Payload payload) {
    CompletableFuture<StorageDriverClaim> result = new CompletableFuture<>();
    stores.add(new Call<>(payload, context.getCancellationToken(), result, ++calls));
    return result;
  }

  @Override
  public synchronized CompletableFuture<Payload> retrieve(
      StorageDriverRetrieveContext context, StorageDriverClaim claim) {
    CompletableFuture<Payload> result = new CompletableFuture<>();
    retrievals.add(new Call<>(claim, context.getCancellationToken(), result, ++calls));
    return result;
  }

  public Call<Payload, StorageDriverClaim> nextStore() throws InterruptedException {
    return next(stores);
  }

  public Call<StorageDriverClaim, Payload> nextRetrieval() throws InterruptedException {
    return next(retrievals);
  }

  /** How often it was called. */
  public synchronized int calls() {
    return calls;
  }

  private <T> T next(BlockingQueue<T> queue) throws InterruptedException {
    T call = queue.poll(60, TimeUnit.SECONDS);
    if (call == null) {
      throw new AssertionError("The driver " + getName() + " was not called");
    }
    return call;
  }
}
