package io.github.externalstorage.internal.pipeline;

import io.github.externalstorage.driver.StorageDriver;
import io.github.externalstorage.driver.StorageDriverStoreContext;
import io.github.externalstorage.driver.StorageException;
import io.github.externalstorage.driver.StorageException.Reason;
import io.github.externalstorage.internal.futures.Futures;
import io.github.externalstorage.reference.StorageReference;
import io.temporal.api.common.v1.Payload;
import java.util.concurrent.CompletableFuture;

/**
 * A payload and the driver that was chosen for it.
 *
 * @param context what the payload belongs to
 */
public record SelectedPayload(
    RegisteredDriver driver, StorageDriverStoreContext context, Payload payload) {

  /**
   * @throws StorageException if the payload is larger than the driver can store
   */
  public SelectedPayload {
    requireAllowedSize(driver.original(), payload);
  }

  static void requireAllowedSize(StorageDriver driver, Payload payload) {
    if (payload.getSerializedSize() > driver.getMaxPayloadSize()) {
      throw new StorageException(
          Reason.TOO_LARGE,
          "A payload of %s bytes exceeds the maximum of %s bytes of the storage driver '%s'; make the payload smaller, split it, or raise the driver's maximum"
              .formatted(
                  payload.getSerializedSize(), driver.getMaxPayloadSize(), driver.getName()));
    }
  }

  /** The reference to the payload, once it is stored. */
  public CompletableFuture<Payload> store() {
    return Futures.map(
        Futures.call(() -> driver.layered().store(context, payload)),
        claim ->
            new StorageReference(driver.name(), claim, payload.getSerializedSize()).toPayload());
  }
}
