package io.github.externalstorage.internal.pipeline;

import io.github.externalstorage.driver.StorageDriverClaim;
import io.github.externalstorage.driver.StorageDriverRetrieveContext;
import io.github.externalstorage.driver.StorageException;
import io.github.externalstorage.driver.StorageException.Reason;
import io.github.externalstorage.reference.MarkedReference;
import io.github.externalstorage.reference.StorageReference;
import io.temporal.api.common.v1.Payload;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** The way back: references become the payloads that they stand for. */
public final class PayloadRetrieval {

  private PayloadRetrieval() {}

  public static CompletableFuture<List<Payload>> retrieve(
      DriverRegistry drivers, StorageDriverRetrieveContext context, List<Payload> payloads) {
    DriverBatches<StorageDriverClaim> batches = new DriverBatches<>(payloads);
    try {
      for (int i = 0; i < payloads.size(); i++) {
        Optional<StorageReference> reference = reference(payloads.get(i));
        if (reference.isPresent()) {
          batches.add(drivers.resolve(reference.get()), i, reference.get().claim());
        }
      }
    } catch (RuntimeException e) {
      return CompletableFuture.failedFuture(e);
    }
    return batches.replace(
        context.getCancellationToken(),
        (driver, token, claims) ->
            driver.layered().retrieve(context.withCancellationToken(token), claims));
  }

  private static Optional<StorageReference> reference(Payload payload) {
    if (MarkedReference.isMarked(payload)) {
      throw new StorageException(
          Reason.INVALID_CLAIM,
          "A reference was encoded by a payload codec after storage; decode it with that codec"
              + " before it is retrieved (MarkedReference.decode)");
    }
    return StorageReference.parse(payload);
  }
}
