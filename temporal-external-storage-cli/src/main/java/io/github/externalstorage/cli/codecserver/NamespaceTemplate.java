package io.github.externalstorage.cli.codecserver;

import com.google.common.cache.Cache;
import com.google.common.cache.CacheBuilder;
import io.github.externalstorage.StorageListener;
import io.github.externalstorage.codec.http.NamespaceCodec;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Serves namespaces that the configuration does not name. A caller chooses the name, so what comes
 * of it must be a bucket of its own: never one that belongs to a namespace of the configuration.
 * Thread-safe.
 */
final class NamespaceTemplate {

  /** How many namespaces are kept ready, those that were asked for last. */
  static final int MAX_KEPT = 100;

  /** More than that are not the names of namespaces, and would take a pattern long to match. */
  private static final int MAX_NAME_LENGTH = 255;

  private final Pattern pattern;
  private final NamespaceSettings settings;
  private final Set<String> othersBuckets;
  private final long memorySize;
  private final StorageListener listener;
  private final Cache<String, NamespaceCodec> kept =
      CacheBuilder.newBuilder().maximumSize(MAX_KEPT).build();

  NamespaceTemplate(
      Pattern pattern,
      NamespaceSettings settings,
      Set<String> othersBuckets,
      long memorySize,
      StorageListener listener) {
    this.pattern = pattern;
    this.settings = settings;
    this.othersBuckets = othersBuckets;
    this.memorySize = memorySize;
    this.listener = listener;
  }

  Pattern pattern() {
    return pattern;
  }

  Optional<NamespaceCodec> find(String namespace) {
    NamespaceCodec present = kept.getIfPresent(namespace);
    if (present != null || !isServed(namespace)) {
      return Optional.ofNullable(present);
    }
    NamespaceCodec made = settings.codecFor(namespace, memorySize, listener);
    NamespaceCodec other = kept.asMap().putIfAbsent(namespace, made);
    return Optional.of(other == null ? made : other);
  }

  private boolean isServed(String namespace) {
    return namespace.length() <= MAX_NAME_LENGTH
        && pattern.matcher(namespace).matches()
        && settings.bucketsOf(namespace).isPresent()
        && settings.bucketsNamedAfter(namespace).noneMatch(othersBuckets::contains);
  }
}
