package io.github.externalstorage.internal.pipeline;

import io.github.externalstorage.driver.StorageDriver;
import io.github.externalstorage.driver.StorageDriverClaim;
import io.github.externalstorage.driver.StorageDriverRetrieveContext;
import io.github.externalstorage.internal.futures.Futures;
import io.github.externalstorage.reference.StorageReference;
import io.github.externalstorage.reference.StoredPayload;
import io.temporal.api.common.v1.Payload;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * A reference with its driver.
 *
 * @param claim the reference's claim as the driver parsed it
 */
record ResolvedPayload(StorageDriver driver, StorageReference reference, StorageDriverClaim claim)
    implements StoredPayload {

  @Override
  public StorageReference getReference() {
    return reference;
  }

  @Override
  public Optional<String> getNamespace() {
    return driver.getNamespace(claim);
  }

  @Override
  public CompletableFuture<Payload> retrieve() {
    return Futures.call(() -> driver.retrieve(StorageDriverRetrieveContext.empty(), claim));
  }
}
