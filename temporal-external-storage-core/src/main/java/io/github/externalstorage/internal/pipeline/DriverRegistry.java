package io.github.externalstorage.internal.pipeline;

import com.google.common.collect.ImmutableMap;
import io.github.externalstorage.driver.ObjectStore;
import io.github.externalstorage.driver.StorageBuckets;
import io.github.externalstorage.driver.StorageDriver;
import io.github.externalstorage.driver.StorageDriverSelector;
import io.github.externalstorage.driver.StorageDriverStoreContext;
import io.github.externalstorage.driver.StorageException;
import io.github.externalstorage.driver.StorageException.Reason;
import io.github.externalstorage.internal.layers.DriverLayers;
import io.temporal.api.common.v1.Payload;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The drivers of a storage: by name for reading, through the selector for storing. */
public final class DriverRegistry {

  /** Present names, then former ones. */
  private final ImmutableMap<String, RegisteredDriver> byName;

  private final Map<String, StorageDriver> storingByName;
  private final StorageDriverSelector selector;

  /**
   * See the setters of {@code ExternalStorage.Builder}.
   *
   * @param storing the drivers that store and retrieve
   * @param selector null if there is at most one of those
   * @throws IllegalArgumentException if a name is blank, used twice, or points to no driver
   * @throws IllegalStateException if there is no driver, or no selector for several
   */
  public DriverRegistry(
      List<StorageDriver> storing,
      List<StorageDriver> readOnly,
      Map<String, String> formerNames,
      @Nullable StorageDriverSelector selector,
      DriverLayers layers) {
    Map<String, RegisteredDriver> drivers = new LinkedHashMap<>();
    storingByName = new HashMap<>();
    for (StorageDriver driver : storing) {
      storingByName.put(register(drivers, driver, layers).name(), driver);
    }
    for (StorageDriver driver : readOnly) {
      register(drivers, driver, layers);
    }
    if (drivers.isEmpty()) {
      throw new IllegalStateException(
          "An external storage needs a driver: call setDriver, setDrivers or setReadOnlyDrivers");
    }
    Map<String, RegisteredDriver> present = ImmutableMap.copyOf(drivers);
    formerNames.forEach(
        (former, name) -> {
          RegisteredDriver driver = present.get(name);
          if (driver == null) {
            throw new IllegalArgumentException(
                "The former name '%s' points to driver '%s', which is not registered; registered: %s"
                    .formatted(former, name, present.keySet()));
          }
          if (drivers.putIfAbsent(former, driver) != null) {
            throw new IllegalArgumentException(
                "The former name '" + former + "' is the name of another driver");
          }
        });
    byName = ImmutableMap.copyOf(drivers);
    this.selector = selector == null ? onlyOf(storing) : selector;
  }

  /** The drivers by their present and former names. */
  public ImmutableMap<String, RegisteredDriver> byName() {
    return byName;
  }

  /** The stores of the drivers that have one, by the drivers' present names. */
  public ImmutableMap<String, ObjectStore> objectStores() {
    ImmutableMap.Builder<String, ObjectStore> stores = ImmutableMap.builder();
    byName.values().stream()
        .distinct()
        .forEach(
            driver ->
                driver
                    .layered()
                    .getObjectStore()
                    .ifPresent(store -> stores.put(driver.name(), store)));
    return stores.buildOrThrow();
  }

  /** What the drivers that support it can report about their buckets. */
  public List<StorageBuckets> buckets() {
    return byName.values().stream()
        .distinct()
        .flatMap(driver -> driver.layered().getStorageBuckets().stream())
        .toList();
  }

  /** The driver that stores the largest payloads; empty if none stores any. */
  Optional<StorageDriver> ofLargestPayloads() {
    return storingByName.values().stream()
        .max(Comparator.comparingLong(StorageDriver::getMaxPayloadSize));
  }

  public Optional<RegisteredDriver> select(StorageDriverStoreContext context, Payload payload) {
    StorageDriver driver = selector.selectDriver(context, payload);
    if (driver == null) {
      return Optional.empty();
    }
    String name = driver.getName();
    if (storingByName.get(name) != driver) {
      throw new StorageException(
          Reason.MISCONFIGURED,
          "The driver selector returned the driver '%s', which is not registered for storing; registered: %s"
              .formatted(name, storingByName.keySet()));
    }
    return Optional.ofNullable(byName.get(name));
  }

  /** Closes every driver once, also when one of them fails to. */
  public void close() {
    RuntimeException failure = null;
    for (RegisteredDriver driver : Set.copyOf(byName.values())) {
      try {
        driver.layered().close();
      } catch (RuntimeException e) {
        if (failure == null) {
          failure = e;
        } else {
          failure.addSuppressed(e);
        }
      }
    }
    if (failure != null) {
      throw failure;
    }
  }

  /** The drivers, for logs. */
  @Override
  public String toString() {
    return byName.values().stream().distinct().map(RegisteredDriver::original).toList().toString();
  }

  private static RegisteredDriver register(
      Map<String, RegisteredDriver> drivers, StorageDriver driver, DriverLayers layers) {
    String name = driver.getName();
    if (name.isBlank()) {
      throw new IllegalArgumentException(
          "A storage driver's name must not be blank: " + driver.getClass().getName());
    }
    RegisteredDriver registered = new RegisteredDriver(name, driver, layers.around(driver));
    if (drivers.putIfAbsent(name, registered) != null) {
      throw new IllegalArgumentException(
          "Two storage drivers are named '" + name + "'; give each a name of its own");
    }
    return registered;
  }

  private static StorageDriverSelector onlyOf(List<StorageDriver> storing) {
    if (storing.size() > 1) {
      throw new IllegalStateException(
          "With %s storing drivers a selector is required: call setDriverSelector"
              .formatted(storing.size()));
    }
    StorageDriver only = storing.isEmpty() ? null : storing.get(0);
    return (context, payload) -> only;
  }
}
