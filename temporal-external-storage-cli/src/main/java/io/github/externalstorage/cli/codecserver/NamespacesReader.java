package io.github.externalstorage.cli.codecserver;

import io.github.externalstorage.StorageListener;
import io.github.externalstorage.codec.http.NamespaceCodec;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reads which namespaces are served.
 *
 * @param memorySize how much of all their payloads is remembered, in bytes
 */
record NamespacesReader(
    S3Clients clients, Codecs codecs, long memorySize, StorageListener listener) {

  private static final String TEMPLATE = "*";

  /** Of namespaces whose names can be part of a bucket's. */
  private static final Pattern DEFAULT_PATTERN = Pattern.compile("[a-z0-9][a-z0-9.-]*");

  Namespaces read(Section root) {
    Section storage = root.section("storage");
    Map<String, Section> sections = new LinkedHashMap<>(root.sections("namespaces", storage));
    if (sections.isEmpty()) {
      root.problem("namespaces", "is missing: a codec server serves at least one namespace");
      storage.acceptAllNames();
    }
    @Nullable Section templateSection = sections.remove(TEMPLATE);
    long share =
        memorySize / (sections.size() + (templateSection == null ? 1 : NamespaceTemplate.MAX_KEPT));
    Map<String, NamespaceSettings> named = named(sections);
    Map<String, NamespaceCodec> codecsByName = new LinkedHashMap<>();
    named.forEach(
        (name, settings) -> codecsByName.put(name, settings.codecFor(name, share, listener)));
    return new Namespaces(
        Map.copyOf(codecsByName),
        Optional.ofNullable(templateSection).flatMap(section -> template(section, named, share)));
  }

  private Map<String, NamespaceSettings> named(Map<String, Section> sections) {
    Map<String, NamespaceSettings> named = new LinkedHashMap<>();
    sections.forEach(
        (name, section) ->
            NamespaceSettings.read(section, clients, codecs)
                .ifPresent(
                    settings -> {
                      if (settings.bucketsOf(name).isPresent()) {
                        named.put(name, settings);
                      } else {
                        section.problem(
                            "bucket",
                            "makes no bucket's name of this namespace: write the bucket here");
                      }
                    }));
    return named;
  }

  private Optional<NamespaceTemplate> template(
      Section section, Map<String, NamespaceSettings> named, long share) {
    Pattern pattern = section.get("pattern", Values::pattern).orElse(DEFAULT_PATTERN);
    Set<String> othersBuckets =
        named.entrySet().stream()
            .flatMap(entry -> entry.getValue().bucketsOf(entry.getKey()).stream())
            .flatMap(Set::stream)
            .collect(Collectors.toUnmodifiableSet());
    return NamespaceSettings.read(section, clients, codecs)
        .map(settings -> new NamespaceTemplate(pattern, settings, othersBuckets, share, listener));
  }
}
