package io.github.externalstorage.lifecycle.usage;

import io.github.externalstorage.driver.StorageKey;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * What an object's key names: its first owner. Others may refer to it, too. Immutable.
 *
 * @param namespace the namespace; empty if the key has none
 * @param type the type of the workflow or standalone activity; empty if the key has none
 */
public record UsageOwner(String namespace, String type) {

  /** Stands for the many types that are left out. */
  static final UsageOwner OTHERS = new UsageOwner("(others)", "");

  private static final String UNKNOWN = "null";

  static UsageOwner of(StorageKey key) {
    List<String> segments = key.getSegments();
    boolean hasType =
        segments.size() > 4
            && segments.get(1).equals("ns")
            && (segments.get(3).equals("wt") || segments.get(3).equals("at"));
    String type = hasType ? segments.get(4) : UNKNOWN;
    return new UsageOwner(key.getNamespace().orElse(""), type.equals(UNKNOWN) ? "" : decode(type));
  }

  private static String decode(String segment) {
    // URLDecoder reads a plus sign as a space.
    return URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8);
  }
}
