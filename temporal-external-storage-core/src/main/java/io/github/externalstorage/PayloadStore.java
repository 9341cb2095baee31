package io.github.externalstorage;

import io.temporal.api.common.v1.Payload;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** The way in: large payloads become references. */
final class PayloadStore {

  private PayloadStore() {}

  static CompletableFuture<List<Payload>> store(
      ExternalStorage storage, StorageDriverStoreContext context, List<Payload> payloads) {
    DriverBatches<Payload> batches = new DriverBatches<>(payloads);
    try {
      for (int i = 0; i < payloads.size(); i++) {
        Payload payload = payloads.get(i);
        Optional<RegisteredDriver> driver = storage.select(context, payload);
        if (driver.isPresent()) {
          PayloadSizeLimit.check(driver.get().original(), payload);
          batches.add(driver.get(), i, payload);
        }
      }
    } catch (RuntimeException e) {
      return CompletableFuture.failedFuture(e);
    }
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
