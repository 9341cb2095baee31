package io.github.externalstorage.internal.pipeline;

import io.github.externalstorage.driver.ObjectStore;
import io.github.externalstorage.driver.StorageBuckets;
import io.github.externalstorage.driver.StorageDriver;
import io.github.externalstorage.driver.StoredObjects;
import java.util.Optional;

/**
 * A driver as it was registered, and with the storage's behaviours around it.
 *
 * @param name the name that references are written with
 * @param original what the selector names
 * @param layered what is called
 * @param objects what the driver can report about its objects; empty if it does not support that
 * @param objectStore lists and deletes its objects; empty if it does not support that
 * @param buckets what it can report about its buckets; empty if it does not support that
 */
public record RegisteredDriver(
    String name,
    StorageDriver original,
    StorageDriver layered,
    Optional<StoredObjects> objects,
    Optional<ObjectStore> objectStore,
    Optional<StorageBuckets> buckets) {}
