package io.github.externalstorage.cli.codecserver;

import io.github.externalstorage.codec.http.NamespaceCodec;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The namespaces that are served: those that the configuration names, and all that its template is
 * for.
 */
record Namespaces(Map<String, NamespaceCodec> named, Optional<NamespaceTemplate> template) {

  /** Finds what to do for a namespace; empty if it is not served. */
  Optional<NamespaceCodec> find(String namespace) {
    NamespaceCodec codec = named.get(namespace);
    return codec == null
        ? template.flatMap(present -> present.find(namespace))
        : Optional.of(codec);
  }

  /** What is served, for people. */
  String describe() {
    return Stream.concat(
            named.keySet().stream().sorted(),
            template.stream().map(present -> "all that match " + present.pattern()))
        .collect(Collectors.joining(", "));
  }
}
