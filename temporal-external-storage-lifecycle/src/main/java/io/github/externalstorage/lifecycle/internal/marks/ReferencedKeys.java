package io.github.externalstorage.lifecycle.internal.marks;

import io.github.externalstorage.driver.StorageDriverClaim;
import io.github.externalstorage.driver.StorageKeyLayout;
import io.github.externalstorage.lifecycle.internal.storage.PayloadKeys;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds the keys of objects in claims and other texts. It finds too many rather than too few: an
 * object that is marked by mistake is kept, but one that is not marked may be deleted. So it does
 * not matter which driver, bucket or SDK a claim is from.
 */
final class ReferencedKeys {

  private static final String ROOT = "v0/";
  private static final Pattern END = Pattern.compile("d/sha256/[0-9a-f]{64}");

  /** A key can begin in a key, such as one of a namespace with the name v0, but not often. */
  private static final int MAX_BEGINNINGS = 4;

  private ReferencedKeys() {}

  /** All values of a claim that may be a key. */
  static Set<String> of(StorageDriverClaim claim) {
    Set<String> keys = new LinkedHashSet<>();
    claim.getClaimData().values().forEach(value -> add(value, keys));
    return keys;
  }

  /** Adds a text that may be a key, and what is a key in it, as in a URL. */
  static void add(String text, Set<String> keys) {
    if (text.indexOf('/') >= 0) {
      keys.add(text);
    }
    Matcher end = END.matcher(text);
    while (end.find()) {
      // No key is longer.
      int earliest = Math.max(0, end.end() - StorageKeyLayout.DEFAULT_MAX_LENGTH);
      addEnds(text.substring(earliest, end.end()), keys);
    }
  }

  private static void addEnds(String text, Set<String> keys) {
    int start = text.lastIndexOf(ROOT);
    for (int i = 0; i < MAX_BEGINNINGS && start >= 0; i++) {
      String key = text.substring(start);
      if (isKey(key)) {
        keys.add(key);
      }
      start = text.lastIndexOf(ROOT, start - 1);
    }
  }

  /** Whether this is the key of a stored payload, in the layout that all SDKs share. */
  static boolean isKey(String text) {
    return PayloadKeys.parse(text).isPresent();
  }
}
