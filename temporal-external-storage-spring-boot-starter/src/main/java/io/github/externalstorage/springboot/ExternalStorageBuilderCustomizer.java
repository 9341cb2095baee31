package io.github.externalstorage.springboot;

import io.github.externalstorage.ExternalStorage;

/**
 * Changes settings that have no property. Beans of this type are called in order, after the
 * properties have been applied and before the storage is built.
 */
@FunctionalInterface
public interface ExternalStorageBuilderCustomizer {

  /** Changes the builder. */
  void customize(ExternalStorage.Builder builder);
}
