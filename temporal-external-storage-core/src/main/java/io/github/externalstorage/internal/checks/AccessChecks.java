package io.github.externalstorage.internal.checks;

import com.google.protobuf.ByteString;
import io.github.externalstorage.driver.CancellationToken;
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
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** Checks whether the drivers of a storage can store and retrieve; all of them at once. */
public final class AccessChecks {

  /**
   * Always the same, so that a driver that addresses objects by their content keeps one object for
   * all checks.
   */
  private static final Payload PAYLOAD =
      Payload.newBuilder()
          .putMetadata("encoding", ByteString.copyFromUtf8("binary/plain"))
          .setData(ByteString.copyFromUtf8("Access check of Temporal External Storage"))
          .build();

  /** Stands for an object that does not exist, or may not exist. */
  private static final Payload NO_PAYLOAD = Payload.getDefaultInstance();

  /** Without the cache, which would hide that a driver can't retrieve. */
  private final List<StorageDriver> storing;

  private final List<StorageDriver> readOnly;
  private final List<StorageDriver> all;

  /**
   * @param storing the drivers that store and retrieve
   * @param readOnly those that only retrieve
   */
  public AccessChecks(
      List<StorageDriver> storing, List<StorageDriver> readOnly, DriverLayers layers) {
    UnaryOperator<StorageDriver> probe = driver -> layers.unobserved(new MissingObjects(driver));
    this.storing = storing.stream().map(layers::withoutCache).toList();
    this.readOnly = readOnly.stream().map(probe).toList();
    all = Stream.concat(storing.stream().map(probe), this.readOnly.stream()).toList();
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
   * Requests the payload that {@link #checkStoring} stores from all drivers, and stores nothing.
   * The check also succeeds if there is no such object.
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

  private static CompletableFuture<List<String>> read(List<StorageDriver> drivers) {
    return Futures.map(
        Futures.sideBySide(CancellationToken.none(), drivers, AccessChecks::read),
        doubts -> doubts.stream().flatMap(Optional::stream).toList());
  }

  private static CompletableFuture<Optional<String>> read(StorageDriver driver) {
    StorageDriverClaim claim =
        driver.getClaim(StorageDriverStoreContext.empty(), PAYLOAD).orElse(null);
    if (claim == null) {
      return CompletableFuture.completedFuture(
          Optional.of(
              "The storage driver '%s' can't be checked without storing a payload"
                  .formatted(driver.getName())));
    }
    return Futures.recover(
        Futures.map(
            driver.retrieve(StorageDriverRetrieveContext.empty(), claim),
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
