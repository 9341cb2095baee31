package io.github.externalstorage.lifecycle.internal.storage;

import io.github.externalstorage.driver.StorageKey;
import io.github.externalstorage.driver.StorageKeyLayout;
import java.util.Optional;

/** The keys of stored payloads, in the layout that all SDKs share. */
public final class PayloadKeys {

  private PayloadKeys() {}

  /** Reads a key; empty if it is not that of a payload. */
  public static Optional<StorageKey> parse(String key) {
    try {
      return Optional.of(StorageKeyLayout.getDefault().parseKey(key));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
