package io.github.externalstorage.internal.text;

import org.jspecify.annotations.Nullable;

/** The names that a Temporal namespace may have so that its payloads can be stored. */
public final class NamespaceName {

  /** What all SDKs write into a key instead of an unknown namespace. */
  private static final String UNKNOWN = "null";

  private NamespaceName() {}

  /** Whether keys can distinguish the payloads of this namespace from others. */
  public static boolean isUsable(String namespace) {
    return !namespace.isBlank() && !namespace.equals(UNKNOWN);
  }

  /**
   * Checks that keys can distinguish the payloads of this namespace from others.
   *
   * @param namespace null if none is set
   * @throws IllegalArgumentException if they can't: it is blank or {@code null}
   */
  public static void require(@Nullable String namespace) {
    if (namespace == null) {
      return;
    }
    if (namespace.isBlank()) {
      throw new IllegalArgumentException(
          "The name of a namespace must not be blank: '" + namespace + "'");
    }
    if (!isUsable(namespace)) {
      throw new IllegalArgumentException(
          "The namespace 'null' can't have external storage, because 'null' stands for an unknown"
              + " namespace in the keys of stored payloads; use a namespace with another name");
    }
  }
}
