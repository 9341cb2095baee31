package io.github.externalstorage.internal.pipeline;

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
import java.util.concurrent.CompletionException;

/** Checks whether a driver can retrieve, without storing anything. */
public final class ReadCheck {

  /** Stands for an object that does not exist, or may not exist. */
  private static final Payload NO_PAYLOAD = Payload.getDefaultInstance();

  private final StorageDriver original;
  private final StorageDriver probing;

  ReadCheck(StorageDriver driver, DriverLayers layers) {
    original = driver;
    probing = layers.unobserved(new MissingObjects(driver));
  }

  /**
   * Requests the object that {@link AccessCheck} stores. That it does not exist is as good as
   * retrieving it.
   *
   * @return fails as the driver does; else, what could not be determined, empty if nothing
   */
  public CompletableFuture<Optional<String>> run() {
    StorageDriverClaim claim =
        original.getClaim(StorageDriverStoreContext.empty(), AccessCheck.PAYLOAD).orElse(null);
    if (claim == null) {
      return CompletableFuture.completedFuture(
          Optional.of(
              "The storage driver '%s' can't be checked without storing a payload"
                  .formatted(original.getName())));
    }
    CompletableFuture<Payload> retrieved =
        Futures.call(() -> probing.retrieve(StorageDriverRetrieveContext.empty(), claim));
    CompletableFuture<Optional<String>> result = new CompletableFuture<>();
    retrieved.whenComplete(
        (payload, failure) -> {
          Optional<String> doubt =
              failure == null ? Optional.empty() : doubtAbout(Futures.unwrap(failure));
          if (failure == null || doubt.isPresent()) {
            result.complete(doubt);
          } else {
            result.completeExceptionally(Futures.unwrap(failure));
          }
        });
    Futures.cancelWith(result, retrieved);
    return result;
  }

  private Optional<String> doubtAbout(Throwable failure) {
    return original instanceof DeniedOrMissing storage
            && failure instanceof StorageException denied
            && storage.mayBeMissing(denied)
        ? Optional.of(
            "It can't be determined whether payloads can be retrieved, since nothing may be stored to"
                + " check it: "
                + denied.getMessage())
        : Optional.empty();
  }

  /** Otherwise a missing object would be requested again, in case it is only late. */
  private static final class MissingObjects extends ForwardingStorageDriver {

    private MissingObjects(StorageDriver driver) {
      super(driver);
    }

    @Override
    public CompletableFuture<StorageDriverClaim> store(
        StorageDriverStoreContext context, Payload payload) {
      throw new UnsupportedOperationException();
    }

    @Override
    public CompletableFuture<Payload> retrieve(
        StorageDriverRetrieveContext context, StorageDriverClaim claim) {
      CompletableFuture<Payload> retrieved = driver.retrieve(context, claim);
      CompletableFuture<Payload> result =
          retrieved.handle(
              (payload, failure) -> {
                if (failure == null) {
                  return payload;
                }
                Throwable unwrapped = Futures.unwrap(failure);
                if (unwrapped instanceof StorageException e && e.getReason() == Reason.NOT_FOUND) {
                  return NO_PAYLOAD;
                }
                throw new CompletionException(unwrapped);
              });
      Futures.cancelWith(result, retrieved);
      return result;
    }
  }
}
