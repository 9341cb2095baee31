package io.github.externalstorage.internal.checks;

import com.google.protobuf.ByteString;
import io.github.externalstorage.driver.CancellationToken;
import io.github.externalstorage.driver.StorageDriver;
import io.github.externalstorage.driver.StorageDriverRetrieveContext;
import io.github.externalstorage.driver.StorageDriverStoreContext;
import io.github.externalstorage.driver.StorageException;
import io.github.externalstorage.driver.StorageException.Reason;
import io.github.externalstorage.internal.futures.Futures;
import io.github.externalstorage.internal.layers.DriverLayers;
import io.temporal.api.common.v1.Payload;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/** Checks whether the drivers of a storage can store and retrieve; all of them at once. */
public final class AccessChecks {

  /**
   * Always the same, so that a driver that addresses objects by their content keeps one object for
   * all checks.
   */
  static final Payload PAYLOAD =
      Payload.newBuilder()
          .putMetadata("encoding", ByteString.copyFromUtf8("binary/plain"))
          .setData(ByteString.copyFromUtf8("Access check of Temporal External Storage"))
          .build();

  /** Without the cache, which would hide that a driver can't retrieve. */
  private final List<StorageDriver> storing;

  private final List<ReadCheck> readOnly;
  private final List<ReadCheck> all;

  /**
   * @param storing the drivers that store and retrieve
   * @param readOnly those that only retrieve
   */
  public AccessChecks(
      List<StorageDriver> storing, List<StorageDriver> readOnly, DriverLayers layers) {
    this.storing = storing.stream().map(layers::withoutCache).toList();
    this.readOnly = readOnly.stream().map(driver -> new ReadCheck(driver, layers)).toList();
    all =
        Stream.concat(
                storing.stream().map(driver -> new ReadCheck(driver, layers)),
                this.readOnly.stream())
            .toList();
  }

  /** Stores and retrieves a payload with the drivers that store. */
  public CompletableFuture<Void> checkStoring() {
    return Futures.map(
        Futures.sideBySide(CancellationToken.none(), storing, AccessChecks::store), done -> null);
  }

  /** Fails as the driver does, or if it returns another payload than it stored. */
  private static CompletableFuture<Payload> store(StorageDriver driver) {
    return Futures.map(
        Futures.flatMap(
            driver.store(StorageDriverStoreContext.empty(), PAYLOAD),
            claim ->
                driver.retrieve(StorageDriverRetrieveContext.empty(), driver.parseClaim(claim))),
        retrieved -> {
          if (!retrieved.equals(PAYLOAD)) {
            throw new StorageException(
                Reason.CORRUPTED,
                "The storage driver '%s' retrieved another payload than it had stored"
                    .formatted(driver.getName()));
          }
          return retrieved;
        });
  }

  /**
   * Requests a payload from all drivers, and stores nothing.
   *
   * @return what could not be determined
   */
  public CompletableFuture<List<String>> checkReading() {
    return read(all);
  }

  /**
   * Checks each driver for what it is used for.
   *
   * @return what could not be determined
   */
  public CompletableFuture<List<String>> checkStoringAndReading() {
    return Futures.flatMap(checkStoring(), done -> read(readOnly));
  }

  private static CompletableFuture<List<String>> read(List<ReadCheck> checks) {
    return Futures.map(
        Futures.sideBySide(CancellationToken.none(), checks, ReadCheck::run),
        doubts -> doubts.stream().flatMap(Optional::stream).toList());
  }
}
