package io.github.externalstorage.benchmarks.transfers;

import io.github.externalstorage.StorageDriverClaim;
import io.temporal.api.common.v1.Payload;
import java.util.concurrent.CompletableFuture;

/** A way to store payloads and to retrieve them. */
interface Contender {

  CompletableFuture<?> store(Payload payload);

  CompletableFuture<?> retrieve(StorageDriverClaim claim);
}
