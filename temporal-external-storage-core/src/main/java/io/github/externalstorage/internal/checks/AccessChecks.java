package io.github.externalstorage.internal.checks;

import io.github.externalstorage.driver.CancellationToken;
import io.github.externalstorage.driver.StorageDriver;
import io.github.externalstorage.internal.futures.Futures;
import io.github.externalstorage.internal.layers.DriverLayers;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/** Checks whether the drivers of a storage can store and retrieve; all of them at once. */
public final class AccessChecks {

  private final List<StoreCheck> storing;
  private final List<ReadCheck> readOnly;
  private final List<ReadCheck> all;

  /**
   * @param storing the drivers that store and retrieve
   * @param readOnly those that only retrieve
   */
  public AccessChecks(
      List<StorageDriver> storing, List<StorageDriver> readOnly, DriverLayers layers) {
    this.storing =
        storing.stream().map(driver -> new StoreCheck(layers.withoutCache(driver))).toList();
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
        Futures.sideBySide(CancellationToken.none(), storing, StoreCheck::run), done -> null);
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
