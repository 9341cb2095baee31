package io.github.externalstorage.gcs.internal.requests;

import java.util.Locale;

/** The operations of a driver, as they appear in error messages. */
public enum GcsOperation {
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
