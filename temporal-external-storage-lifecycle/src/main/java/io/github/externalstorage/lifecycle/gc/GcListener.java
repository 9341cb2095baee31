package io.github.externalstorage.lifecycle.gc;

import io.github.externalstorage.lifecycle.PayloadLocation;

/**
 * Observes garbage collection. Calls are made one at a time, but from several threads. An exception
 * ends the run.
 */
public interface GcListener {

  /** Some work was done. */
  default void onProgress(GcProgress progress) {}

  /** The version of the Temporal server does not support this kind, so there is nothing to read. */
  default void onUnsupported(String namespace, PayloadLocation.Kind kind) {}

  /** Without deletion: an object that would be deleted. */
  default void onGarbage(GcObject object) {}

  /** An object was deleted. */
  default void onDeleted(GcObject object) {}

  /** An object could not be restored. */
  default void onNotRestored(String bucket, String key, String reason) {}
}
