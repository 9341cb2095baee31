package io.github.externalstorage.internal.pipeline;

import io.github.externalstorage.driver.StorageDriver;

/**
 * A driver as it was registered, and with the storage's behaviours around it.
 *
 * @param name the name that references are written with
 * @param original what the selector names
 * @param layered what is called
 */
public record RegisteredDriver(String name, StorageDriver original, StorageDriver layered) {}
