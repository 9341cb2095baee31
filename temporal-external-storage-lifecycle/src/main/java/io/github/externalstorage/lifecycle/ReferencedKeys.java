package io.github.externalstorage.lifecycle;

import io.github.externalstorage.driver.StorageDriverClaim;
import io.github.externalstorage.driver.StorageKeyLayout;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Finds the keys of objects in claims and other texts. It finds too many rather than too few: an
 * object that is marked by mistake is kept, but one that is not marked may be deleted. So it does
 * not matter which driver, bucket or SDK a claim is from.
 */
final class ReferencedKeys {

  private static final StorageKeyLayout LAYOUT = StorageKeyLayout.getDefault();
  private static final String ROOT = "v0/";

  private ReferencedKeys() {}

  /** All values of a claim that may be a key. */
  static Set<String> of(StorageDriverClaim claim) {
    Set<String> keys = new LinkedHashSet<>();
    claim.getClaimData().values().forEach(value -> add(value, keys));
    return keys;
  }

  /** Adds a text that may be a key, and the ends of it that may be one, as in a URL. */
  static void add(String text, Set<String> keys) {
    if (text.indexOf('/') >= 0) {
      keys.add(text);
    }
    for (int i = text.indexOf(ROOT, 1); i > 0; i = text.indexOf(ROOT, i + 1)) {
      keys.add(text.substring(i));
    }
  }

  /** Whether this is the key of a stored payload, in the layout that all SDKs share. */
  static boolean isKey(String text) {
    try {
      var unused = LAYOUT.parseKey(text);
      return true;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
