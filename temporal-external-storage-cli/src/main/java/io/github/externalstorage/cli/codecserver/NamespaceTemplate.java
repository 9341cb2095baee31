package io.github.externalstorage.cli.codecserver;

import com.google.common.cache.Cache;
import com.google.common.cache.CacheBuilder;
import io.github.externalstorage.codec.http.NamespaceCodec;
import io.github.externalstorage.options.StorageListener;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Serves namespaces that the configuration does not name. The caller chooses the name, so its
 * bucket must not be one that belongs to a namespace of the configuration. Thread-safe.
 */
final class NamespaceTemplate {

  /** How many namespaces are cached, the most recently used ones. */
  static final int MAX_CACHED = 100;

  /** Longer texts are no namespace names, and could take a pattern long to match. */
  private static final int MAX_NAME_LENGTH = 255;

  private final Pattern pattern;
  private final NamespaceSettings settings;
  private final Set<String> namedBuckets;
  private final long cacheSize;
  private final StorageListener listener;
  private final Cache<String, NamespaceCodec> codecs =
      CacheBuilder.newBuilder().maximumSize(MAX_CACHED).build();

  NamespaceTemplate(
      Pattern pattern,
      NamespaceSettings settings,
      Set<String> namedBuckets,
      long cacheSize,
      StorageListener listener) {
    this.pattern = pattern;
    this.settings = settings;
    this.namedBuckets = namedBuckets;
    this.cacheSize = cacheSize;
    this.listener = listener;
  }

  Pattern pattern() {
    return pattern;
  }

  Optional<NamespaceCodec> find(String namespace) {
    NamespaceCodec present = codecs.getIfPresent(namespace);
    if (present != null || !isServed(namespace)) {
      return Optional.ofNullable(present);
    }
    return Optional.of(
        codecs
            .asMap()
            .computeIfAbsent(namespace, name -> settings.codecFor(name, cacheSize, listener)));
  }

  private boolean isServed(String namespace) {
    return namespace.length() <= MAX_NAME_LENGTH
        && pattern.matcher(namespace).matches()
        && settings.bucketsOf(namespace).isPresent()
        && settings.bucketsNamedAfter(namespace).noneMatch(namedBuckets::contains);
  }
}
