/**
 * What the author of a storage driver needs: {@link
 * io.github.externalstorage.driver.StorageDriver}, claims, contexts, failures, and a driver in
 * memory.
 */
@NullMarked
package io.github.externalstorage.driver;

import org.jspecify.annotations.NullMarked;
