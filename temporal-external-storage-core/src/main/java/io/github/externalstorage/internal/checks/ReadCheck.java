package io.github.externalstorage.internal.checks;

import io.github.externalstorage.driver.StorageDriver;
import io.github.externalstorage.driver.StorageDriverClaim;
import io.github.externalstorage.driver.StorageDriverRetrieveContext;
import io.github.externalstorage.driver.StorageDriverStoreContext;
import io.github.externalstorage.driver.StorageException;
import io.github.externalstorage.driver.StorageException.Reason;
import io.github.externalstorage.internal.futures.Futures;
import io.github.externalstorage.internal.layers.DriverLayers;
import io.github.externalstorage.internal.layers.ForwardingStorageDriver;
import io.github.externalstorage.internal.objects.DeniedOrMissing;
import io.temporal.api.common.v1.Payload;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Checks whether a driver can retrieve, without storing anything. */
final class ReadCheck {

  /** Stands for an object that does not exist, or may not exist. */
  private static final Payload NO_PAYLOAD = Payload.getDefaultInstance();

  private final StorageDriver original;
  private final StorageDriver probing;

  ReadCheck(StorageDriver driver, DriverLayers layers) {
    original = driver;
    probing = layers.unobserved(new MissingObjects(driver));
  }

  /**
   * Requests the object that {@link AccessChecks#checkStoring} stores. The check also succeeds if
   * this object does not exist.
   *
   * @return fails as the driver does; else, what could not be determined, empty if nothing
   */
  CompletableFuture<Optional<String>> run() {
    StorageDriverClaim claim =
        original.getClaim(StorageDriverStoreContext.empty(), AccessChecks.PAYLOAD).orElse(null);
    if (claim == null) {
      return CompletableFuture.completedFuture(
          Optional.of(
              "The storage driver '%s' can't be checked without storing a payload"
                  .formatted(original.getName())));
    }
    return Futures.recover(
        Futures.map(
            Futures.call(() -> probing.retrieve(StorageDriverRetrieveContext.empty(), claim)),
            payload -> Optional.empty()),
        failure ->
            failure.getCause() instanceof DeniedOrMissing
                ? CompletableFuture.completedFuture(
                    Optional.of(
                        "It can't be determined whether payloads can be retrieved, since nothing may be stored to"
                            + " check it: "
                            + failure.getMessage()))
                : CompletableFuture.failedFuture(failure));
  }

  /** Otherwise a missing object would be requested again, in case it is only late. */
  private static final class MissingObjects extends ForwardingStorageDriver {

    private MissingObjects(StorageDriver driver) {
      super(driver);
    }

    @Override
    public CompletableFuture<Payload> retrieve(
        StorageDriverRetrieveContext context, StorageDriverClaim claim) {
      return Futures.recover(
          driver.retrieve(context, claim),
          failure ->
              failure instanceof StorageException e && e.getReason() == Reason.NOT_FOUND
                  ? CompletableFuture.completedFuture(NO_PAYLOAD)
                  : CompletableFuture.failedFuture(failure));
    }
  }
}
