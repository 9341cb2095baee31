package io.github.externalstorage.internal.pipeline;

import com.google.common.base.Ticker;
import io.github.externalstorage.driver.StorageDriverStoreContext;
import io.github.externalstorage.driver.StorageException;
import io.github.externalstorage.driver.StorageException.Reason;
import io.github.externalstorage.internal.text.Quoted;
import io.github.externalstorage.options.StorageListener;
import io.github.externalstorage.reference.EncodedReference;
import io.github.externalstorage.reference.StorageReference;
import io.github.externalstorage.reference.StoredPayload;
import io.temporal.api.common.v1.Payload;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The way of one payload: out by threshold and selector to a driver, back by its reference. Both
 * routes and the facade go this way. Thread-safe.
 */
public final class StoragePipeline {

  private final DriverRegistry drivers;
  private final int payloadSizeThreshold;
  private final BooleanSupplier storeEnabled;
  private final InlinePayloads inlinePayloads;

  public StoragePipeline(
      DriverRegistry drivers,
      int payloadSizeThreshold,
      BooleanSupplier storeEnabled,
      @Nullable StorageListener listener) {
    this.drivers = drivers;
    this.payloadSizeThreshold = payloadSizeThreshold;
    this.storeEnabled = storeEnabled;
    inlinePayloads = new InlinePayloads(listener, Ticker.systemTicker());
  }

  public DriverRegistry drivers() {
    return drivers;
  }

  public InlinePayloads inlinePayloads() {
    return inlinePayloads;
  }

  public int payloadSizeThreshold() {
    return payloadSizeThreshold;
  }

  public boolean isStoreEnabled() {
    return storeEnabled.getAsBoolean();
  }

  /** Whether a payload is stored, unless the selector keeps it inline. */
  public boolean isToBeStored(Payload payload) {
    return PayloadSize.isAtLeast(payload, payloadSizeThreshold)
        && !StorageReference.isReference(payload)
        && !EncodedReference.isReference(payload)
        && isStoreEnabled();
  }

  /**
   * Chooses the driver of a payload, asking the selector once.
   *
   * @return empty to keep the payload inline
   * @throws StorageException if the selector's answer is not a driver registered for storing
   */
  public Optional<RegisteredDriver> selectDriver(
      StorageDriverStoreContext context, Payload payload) {
    return isToBeStored(payload) ? drivers.select(context, payload) : Optional.empty();
  }

  /**
   * As {@link #selectDriver}, for the payload to be stored.
   *
   * @throws StorageException if the payload is too large for its driver, too
   */
  public Optional<SelectedPayload> select(StorageDriverStoreContext context, Payload payload) {
    return selectDriver(context, payload)
        .map(driver -> new SelectedPayload(driver, context, payload));
  }

  /**
   * Chooses the drivers of payloads, before the first of them is stored.
   *
   * @return what stores each payload, or leaves it inline, in their order
   */
  public List<Supplier<CompletableFuture<Payload>>> selectAll(
      StorageDriverStoreContext context, List<Payload> payloads) {
    List<Supplier<CompletableFuture<Payload>>> calls = new ArrayList<>(payloads.size());
    for (Payload payload : payloads) {
      Optional<SelectedPayload> selected = select(context, payload);
      calls.add(selected.isPresent() ? selected.get()::store : unchanged(payload));
    }
    return calls;
  }

  /**
   * Rejects a payload that no driver can store, without asking the selector.
   *
   * @throws StorageException if the payload is too large for every driver
   */
  public void requireStorable(Payload payload) {
    drivers
        .ofLargestPayloads()
        .filter(driver -> isToBeStored(payload))
        .ifPresent(driver -> SelectedPayload.requireAllowedSize(driver, payload));
  }

  /**
   * Resolves references, before the first of them is retrieved.
   *
   * @return what retrieves each payload, or leaves it as it is, in their order
   */
  public List<Supplier<CompletableFuture<Payload>>> resolveAll(List<Payload> payloads) {
    List<Supplier<CompletableFuture<Payload>>> calls = new ArrayList<>(payloads.size());
    for (Payload payload : payloads) {
      Optional<StoredPayload> stored = resolve(payload);
      calls.add(stored.isPresent() ? stored.get()::retrieve : unchanged(payload));
    }
    return calls;
  }

  private static Supplier<CompletableFuture<Payload>> unchanged(Payload payload) {
    return () -> CompletableFuture.completedFuture(payload);
  }

  private Optional<StoredPayload> resolve(Payload payload) {
    if (EncodedReference.isReference(payload)) {
      throw new StorageException(
          Reason.INVALID_CLAIM,
          "A reference was encoded by a payload codec after storage; decode it with that codec"
              + " before it is retrieved (EncodedReference.decode)");
    }
    return StorageReference.parse(payload).map(this::resolve);
  }

  /**
   * Finds the driver of a reference.
   *
   * @throws StorageException if there is none, or the claim is invalid
   */
  public StoredPayload resolve(StorageReference reference) {
    RegisteredDriver driver = drivers.byName().get(reference.driverName());
    if (driver == null) {
      throw new StorageException(
          Reason.MISCONFIGURED,
          "A reference names the storage driver %s, which is not registered; registered: %s. Register it, read-only if nothing new shall go there, or name it as a former name"
              .formatted(Quoted.of(reference.driverName()), drivers.byName().keySet()));
    }
    return new ResolvedPayload(
        driver.layered(), reference, driver.layered().parseClaim(reference.claim()));
  }
}
