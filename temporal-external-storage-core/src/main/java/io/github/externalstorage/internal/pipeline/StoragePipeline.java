package io.github.externalstorage.internal.pipeline;

import com.google.common.base.Ticker;
import io.github.externalstorage.driver.BucketObject;
import io.github.externalstorage.driver.StorageDriver;
import io.github.externalstorage.driver.StorageDriverClaim;
import io.github.externalstorage.driver.StorageDriverRetrieveContext;
import io.github.externalstorage.driver.StorageDriverStoreContext;
import io.github.externalstorage.driver.StorageException;
import io.github.externalstorage.driver.StorageException.Reason;
import io.github.externalstorage.driver.StoredObject;
import io.github.externalstorage.internal.futures.Futures;
import io.github.externalstorage.internal.layers.Notifications;
import io.github.externalstorage.internal.metrics.StorageMetrics;
import io.github.externalstorage.internal.text.Quoted;
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

/**
 * The path of one payload: out through threshold and selector to a driver, back through its
 * reference. Both routes and the codec server use it. Thread-safe.
 */
public final class StoragePipeline {

  private final DriverRegistry drivers;
  private final int payloadSizeThreshold;
  private final BooleanSupplier storeEnabled;
  private final InlinePayloads inlinePayloads;
  private final StorageMetrics metrics;
  private final SlowCalls slowCalls = new SlowCalls();

  public StoragePipeline(
      DriverRegistry drivers,
      int payloadSizeThreshold,
      BooleanSupplier storeEnabled,
      Notifications notifications) {
    this.drivers = drivers;
    this.payloadSizeThreshold = payloadSizeThreshold;
    this.storeEnabled = storeEnabled;
    metrics = notifications.metrics();
    inlinePayloads = new InlinePayloads(payloadSizeThreshold, notifications, Ticker.systemTicker());
  }

  public DriverRegistry drivers() {
    return drivers;
  }

  public InlinePayloads inlinePayloads() {
    return inlinePayloads;
  }

  public SlowCalls slowCalls() {
    return slowCalls;
  }

  public StorageMetrics metrics() {
    return metrics;
  }

  public int payloadSizeThreshold() {
    return payloadSizeThreshold;
  }

  public boolean isLarge(Payload payload) {
    return payload.getSerializedSize() >= payloadSizeThreshold;
  }

  public boolean isStoreEnabled() {
    return storeEnabled.getAsBoolean();
  }

  /**
   * Chooses the driver of a payload, asking the selector once.
   *
   * @return empty to keep the payload inline
   * @throws StorageException if the selector returns a driver that is not registered for storing
   */
  public Optional<RegisteredDriver> select(StorageDriverStoreContext context, Payload payload) {
    return isCandidate(payload) ? drivers.select(context, payload) : Optional.empty();
  }

  /**
   * Chooses the driver of every payload, before the first one is stored.
   *
   * @return one call for each payload, in their order, that stores it or leaves it inline
   * @throws StorageException as {@link #select} does, and if a payload is too large for its driver
   */
  public List<Supplier<CompletableFuture<Payload>>> prepareStores(
      StorageDriverStoreContext context, List<Payload> payloads) {
    List<Supplier<CompletableFuture<Payload>>> calls = new ArrayList<>(payloads.size());
    for (Payload payload : payloads) {
      Optional<RegisteredDriver> selected = select(context, payload);
      if (selected.isEmpty()) {
        calls.add(() -> CompletableFuture.completedFuture(payload));
      } else {
        requireAllowedSize(selected.get().original(), payload);
        calls.add(() -> store(selected.get(), context, payload));
      }
    }
    return calls;
  }

  private static CompletableFuture<Payload> store(
      RegisteredDriver driver, StorageDriverStoreContext context, Payload payload) {
    return Futures.map(
        driver.layered().store(context, payload),
        claim ->
            new StorageReference(driver.name(), claim, payload.getSerializedSize()).toPayload());
  }

  /**
   * Rejects a payload that no driver can store, without asking the selector.
   *
   * @throws StorageException if the payload is too large for every driver
   */
  public void requireStorable(Payload payload) {
    if (isCandidate(payload)) {
      drivers.ofLargestPayloads().ifPresent(driver -> requireAllowedSize(driver, payload));
    }
  }

  private static void requireAllowedSize(StorageDriver driver, Payload payload) {
    if (payload.getSerializedSize() > driver.getMaxPayloadSize()) {
      throw new StorageException(
          Reason.TOO_LARGE,
          "A payload of %s bytes exceeds the maximum of %s bytes of the storage driver '%s'; make the payload smaller, split it, or raise the driver's maximum"
              .formatted(
                  payload.getSerializedSize(), driver.getMaxPayloadSize(), driver.getName()));
    }
  }

  /** Whether a payload is stored, unless the selector keeps it inline. */
  private boolean isCandidate(Payload payload) {
    return isLarge(payload)
        && !StorageReference.isReference(payload)
        && !EncodedReference.isReference(payload)
        && isStoreEnabled();
  }

  /**
   * Resolves every reference, before the first payload is retrieved.
   *
   * @param context what the drivers are passed
   * @return one call for each payload, in their order, that retrieves it or leaves it as it is
   * @throws StorageException if a reference can't be read, or as {@link #resolve} does
   */
  public List<Supplier<CompletableFuture<Payload>>> prepareRetrievals(
      StorageDriverRetrieveContext context, List<Payload> payloads) {
    List<Supplier<CompletableFuture<Payload>>> calls = new ArrayList<>(payloads.size());
    for (Payload payload : payloads) {
      if (EncodedReference.isReference(payload)) {
        throw new StorageException(
            Reason.INVALID_CLAIM,
            "A reference was encoded by a payload codec after storage; decode it with that codec"
                + " before it is retrieved (EncodedReference.decode)");
      }
      Optional<StoredPayload> stored = StorageReference.parse(payload).map(this::resolve);
      calls.add(
          stored.isPresent()
              ? () -> stored.get().retrieve(context)
              : () -> CompletableFuture.completedFuture(payload));
    }
    return calls;
  }

  /**
   * Finds the driver of a reference, which checks the claim.
   *
   * @throws StorageException if there is none, or the claim is invalid
   */
  public StoredPayload resolve(StorageReference reference) {
    RegisteredDriver registered = drivers.byName().get(reference.driverName());
    if (registered == null) {
      throw new StorageException(
          Reason.MISCONFIGURED,
          "A reference names the storage driver %s, which is not registered; registered: %s. Register the driver (read-only, if nothing new is to be stored with it), or register the name as a former name of another driver"
              .formatted(Quoted.of(reference.driverName()), drivers.byName().keySet()));
    }
    StorageDriver driver = registered.layered();
    return new ResolvedReference(reference, driver, driver.parseClaim(reference.claim()));
  }

  /** A reference with its driver, and its claim as the driver parsed it. */
  private record ResolvedReference(
      StorageReference reference, StorageDriver driver, StorageDriverClaim claim)
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
      return retrieve(StorageDriverRetrieveContext.empty());
    }

    @Override
    public CompletableFuture<Payload> retrieve(StorageDriverRetrieveContext context) {
      return Futures.cancelOn(context.getCancellationToken(), driver.retrieve(context, claim));
    }

    @Override
    public Optional<CompletableFuture<StoredObject>> describe() {
      return driver.getStoredObjects().map(objects -> objects.describe(claim));
    }

    @Override
    public Optional<BucketObject> locate() {
      return driver.getStorageBuckets().map(buckets -> buckets.locate(claim));
    }
  }
}
