/**
 * External storage for Temporal: large payloads go to a {@link
 * io.github.externalstorage.driver.StorageDriver}, and a small reference takes their place in the
 * event history. Start at {@link io.github.externalstorage.ExternalStorage} and {@link
 * io.github.externalstorage.ExternalStoragePlugin}.
 */
@NullMarked
package io.github.externalstorage;

import org.jspecify.annotations.NullMarked;
