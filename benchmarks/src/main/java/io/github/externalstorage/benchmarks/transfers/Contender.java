package io.github.externalstorage.benchmarks.transfers;

import io.github.externalstorage.driver.StorageDriverClaim;
import io.temporal.api.common.v1.Payload;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** A way to store payloads and to retrieve them. */
interface Contender {

  CompletableFuture<?> store(Payload payload);

  /**
   * Prepares a retrieval: the reference is created now, and the payload is retrieved on the call.
   */
  Supplier<CompletableFuture<?>> retrieval(StorageDriverClaim claim);
}
