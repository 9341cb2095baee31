package io.github.externalstorage.gcs;

import java.util.Locale;

/** The operations of a driver, as they appear in error messages. */
enum GcsOperation {
  STORE,
  RETRIEVE,
  DESCRIBE,
  LIST,
  DELETE,
  RESTORE,
  READ_SETTINGS;

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
