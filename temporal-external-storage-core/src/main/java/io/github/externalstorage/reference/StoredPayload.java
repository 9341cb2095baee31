package io.github.externalstorage.reference;

import io.github.externalstorage.driver.BucketObject;
import io.github.externalstorage.driver.StorageDriver;
import io.github.externalstorage.driver.StorageDriverRetrieveContext;
import io.github.externalstorage.driver.StorageException;
import io.github.externalstorage.driver.StoredObject;
import io.temporal.api.common.v1.Payload;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * A stored payload that a reference stands for: its driver is registered and accepted the
 * reference's claim. Whether the payload exists is known only after {@link #retrieve} or {@link
 * #describe}. Immutable.
 */
public interface StoredPayload {

  /** The reference. */
  StorageReference getReference();

  /** The Temporal namespace that the payload belongs to; empty if the claim contains none. */
  Optional<String> getNamespace();

  /**
   * Retrieves the payload. Each call makes a request of its own, unless the payload is cached.
   *
   * @return a future of the payload as it was stored; it fails with a {@link StorageException}.
   *     Cancelling it aborts the request
   */
  CompletableFuture<Payload> retrieve();

  /**
   * Retrieves the payload, as {@link #retrieve()} does.
   *
   * @param context what the driver reports to, and what cancels it
   */
  CompletableFuture<Payload> retrieve(StorageDriverRetrieveContext context);

  /**
   * Asks the storage about the payload's object without reading its content. Each call makes a
   * request; the cache is not used.
   *
   * @return the object; fails with a {@link StorageException}, as {@link #retrieve} does. Empty if
   *     the driver {@linkplain StorageDriver#getStoredObjects doesn't support it}
   */
  Optional<CompletableFuture<StoredObject>> describe();

  /**
   * Where the payload's object is. Makes no request.
   *
   * @return empty if the driver {@linkplain StorageDriver#getStorageBuckets doesn't support it}
   */
  Optional<BucketObject> locate();
}
