package io.github.externalstorage.internal.checks;

import com.google.protobuf.ByteString;
import io.github.externalstorage.driver.StorageDriver;
import io.github.externalstorage.driver.StorageDriverRetrieveContext;
import io.github.externalstorage.driver.StorageDriverStoreContext;
import io.github.externalstorage.driver.StorageException;
import io.github.externalstorage.driver.StorageException.Reason;
import io.github.externalstorage.internal.futures.Futures;
import io.temporal.api.common.v1.Payload;
import java.util.concurrent.CompletableFuture;

/**
 * Checks whether a driver can store and retrieve. The payload is always the same, so that a driver
 * that addresses objects by their content keeps one object for all checks.
 *
 * @param driver the driver, without a cache, which would hide that it can't retrieve
 */
record StoreCheck(StorageDriver driver) {

  static final Payload PAYLOAD =
      Payload.newBuilder()
          .putMetadata("encoding", ByteString.copyFromUtf8("binary/plain"))
          .setData(ByteString.copyFromUtf8("Access check of Temporal External Storage"))
          .build();

  /** Fails as the driver does, or if it returns another payload than it stored. */
  CompletableFuture<Payload> run() {
    return Futures.map(
        Futures.flatMap(
            Futures.call(() -> driver.store(StorageDriverStoreContext.empty(), PAYLOAD)),
            claim ->
                driver.retrieve(StorageDriverRetrieveContext.empty(), driver.parseClaim(claim))),
        this::requireSame);
  }

  private Payload requireSame(Payload retrieved) {
    if (!retrieved.equals(PAYLOAD)) {
      throw new StorageException(
          Reason.CORRUPTED,
          "The storage driver '%s' retrieved another payload than it had stored"
              .formatted(driver.getName()));
    }
    return retrieved;
  }
}
