/**
 * What the author of a storage driver needs: {@link
 * io.github.externalstorage.driver.StorageDriver}, claims, contexts, failures, keys, and the
 * drivers in memory and on files.
 */
@NullMarked
package io.github.externalstorage.driver;

import org.jspecify.annotations.NullMarked;
