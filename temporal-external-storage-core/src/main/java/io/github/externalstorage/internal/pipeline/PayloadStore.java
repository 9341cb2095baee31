package io.github.externalstorage.internal.pipeline;

import io.github.externalstorage.ExternalStorage;
import io.github.externalstorage.driver.StorageDriver;
import io.github.externalstorage.driver.StorageDriverClaim;
import io.github.externalstorage.driver.StorageDriverStoreContext;
import io.github.externalstorage.internal.futures.Futures;
import io.github.externalstorage.reference.StorageReference;
import io.temporal.api.common.v1.Payload;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;

/** The way in: large payloads become references. */
public final class PayloadStore {

  private final StorageDriverStoreContext context;
  private final DriverBatches<Payload> batches;

  /**
   * Asks the selector, once for each payload.
   *
   * @param sizeLimit what refuses a payload that its driver can't store
   */
  public PayloadStore(
      ExternalStorage storage,
      StorageDriverStoreContext context,
      List<Payload> payloads,
      BiConsumer<StorageDriver, Payload> sizeLimit) {
    this.context = context;
    batches = new DriverBatches<>(payloads);
    for (int i = 0; i < payloads.size(); i++) {
      Payload payload = payloads.get(i);
      Optional<RegisteredDriver> driver = storage.select(context, payload);
      if (driver.isPresent()) {
        sizeLimit.accept(driver.get().original(), payload);
        batches.add(driver.get(), i, payload);
      }
    }
  }

  public CompletableFuture<List<Payload>> store() {
    return batches.replace(
        context.getCancellationToken(),
        (driver, token, items) ->
            Futures.map(
                driver.layered().store(context.withCancellationToken(token), items),
                claims -> references(driver, items, claims)));
  }

  private static List<Payload> references(
      RegisteredDriver driver, List<Payload> payloads, List<StorageDriverClaim> claims) {
    List<Payload> references = new ArrayList<>(claims.size());
    for (int i = 0; i < claims.size(); i++) {
      references.add(
          new StorageReference(driver.name(), claims.get(i), payloads.get(i).getSerializedSize())
              .toPayload());
    }
    return references;
  }
}
