package io.github.externalstorage.cli.codecserver;

import io.github.externalstorage.cli.config.Section;
import io.github.externalstorage.cli.config.Values;
import io.github.externalstorage.codec.http.NamespaceCodec;
import io.github.externalstorage.options.StorageListener;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The namespaces that are served: those in the configuration, and those that its template is for.
 */
record Namespaces(Map<String, NamespaceCodec> named, Optional<NamespaceTemplate> template) {

  private static final String TEMPLATE = "*";

  /** Matches the namespaces whose names can be part of a bucket name. */
  private static final Pattern DEFAULT_PATTERN = Pattern.compile("[a-z0-9][a-z0-9.-]*");

  /**
   * Reads which namespaces are served.
   *
   * @param cacheSize how much of the payloads of all of them is cached, in bytes
   */
  static Namespaces read(
      Section root, S3Clients clients, Codecs codecs, long cacheSize, StorageListener listener) {
    Section storage = root.section("storage");
    Section namespaces = root.section("namespaces");
    Set<String> names = new HashSet<>(namespaces.names());
    if (names.isEmpty()) {
      root.addProblem("namespaces", "is missing: a codec server serves at least one namespace");
      storage.acceptAllNames();
    }
    boolean hasTemplate = names.remove(TEMPLATE);
    long share = cacheSize / (names.size() + (hasTemplate ? NamespaceTemplate.MAX_CACHED : 1));
    Map<String, NamespaceCodec> named = new HashMap<>();
    Set<String> buckets = new HashSet<>();
    for (String name : names) {
      try {
        Values.namespace(name);
      } catch (IllegalArgumentException e) {
        namespaces.addProblem(name, String.valueOf(e.getMessage()));
      }
      Section section = namespaces.section(name, storage);
      NamespaceSettings.read(section, clients, codecs)
          .ifPresent(
              settings -> {
                Optional<Set<String>> its = settings.bucketsOf(name);
                if (its.isEmpty()) {
                  section.addProblem(
                      "bucket", "gives no valid bucket name for this namespace: set one here");
                } else {
                  buckets.addAll(its.get());
                  named.put(name, settings.codecFor(name, share, listener));
                }
              });
    }
    if (!hasTemplate) {
      return new Namespaces(Map.copyOf(named), Optional.empty());
    }
    Section section = namespaces.section(TEMPLATE, storage);
    Pattern pattern = section.get("pattern", Values::pattern).orElse(DEFAULT_PATTERN);
    return new Namespaces(
        Map.copyOf(named),
        NamespaceSettings.read(section, clients, codecs)
            .map(
                settings ->
                    new NamespaceTemplate(
                        pattern, settings, Set.copyOf(buckets), share, listener)));
  }

  /** The codec of a namespace; empty if it is not served. */
  Optional<NamespaceCodec> find(String namespace) {
    NamespaceCodec codec = named.get(namespace);
    return codec == null
        ? template.flatMap(present -> present.find(namespace))
        : Optional.of(codec);
  }

  /** The namespaces' names, for logs. */
  String describe() {
    return Stream.concat(
            named.keySet().stream().sorted(),
            template.stream().map(present -> "all that match " + present.pattern()))
        .collect(Collectors.joining(", "));
  }
}
