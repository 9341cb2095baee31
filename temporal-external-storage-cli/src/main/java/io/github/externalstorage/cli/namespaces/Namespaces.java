package io.github.externalstorage.cli.namespaces;

import com.google.common.cache.Cache;
import com.google.common.cache.CacheBuilder;
import io.github.externalstorage.cli.config.Section;
import io.github.externalstorage.cli.config.Values;
import io.github.externalstorage.codec.http.NamespaceCodec;
import io.github.externalstorage.options.StorageListener;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The namespaces of the configuration: those that it names, and those that its template is for.
 * Thread-safe.
 */
public final class Namespaces {

  /** The default limit of what a payload may decompress to, in bytes. */
  public static final int DEFAULT_MAX_DECODED_SIZE = 256 << 20;

  private static final String TEMPLATE = "*";

  /** Matches the namespaces whose names can be part of a bucket name. */
  private static final Pattern DEFAULT_PATTERN = Pattern.compile("[a-z0-9][a-z0-9.-]*");

  private final Map<String, NamespaceCodec> named;
  private final Optional<Template> template;

  private Namespaces(Map<String, NamespaceCodec> named, Optional<Template> template) {
    this.named = named;
    this.template = template;
  }

  /**
   * Reads the namespaces; what is wrong becomes a problem of the file.
   *
   * @param maxDecodedSize how much a payload may decompress to, in bytes
   * @param cacheSize how much of the payloads of all of them is cached, in bytes
   */
  public static Namespaces read(
      Section root,
      StorageClients clients,
      int maxDecodedSize,
      long cacheSize,
      StorageListener listener) {
    Section storage = root.section("storage");
    Section namespaces = root.section("namespaces");
    Set<String> names = namespaces.names();
    if (names.isEmpty()) {
      root.addProblem("namespaces", "is missing: a codec server serves at least one namespace");
    }
    boolean hasTemplate = names.remove(TEMPLATE);
    long share = cacheSize / (names.size() + (hasTemplate ? Template.MAX_CACHED : 1));
    NamespaceSettings.Shared shared =
        new NamespaceSettings.Shared(storage, clients, new Codecs(maxDecodedSize), share, listener);
    Map<String, NamespaceCodec> named = new HashMap<>();
    Set<String> buckets = new HashSet<>();
    for (String name : names) {
      try {
        Values.namespace(name);
      } catch (IllegalArgumentException e) {
        namespaces.addProblem(name, String.valueOf(e.getMessage()));
      }
      Section section = namespaces.section(name);
      NamespaceSettings.read(section, shared)
          .ifPresent(
              settings -> {
                Optional<List<String>> its = settings.location().bucketsOf(name);
                if (its.isEmpty()) {
                  section.addProblem(
                      "bucket", "gives no valid bucket name for this namespace: set one here");
                } else {
                  buckets.addAll(its.get());
                  named.put(name, settings.codecFor(its.get()));
                }
              });
    }
    if (!hasTemplate) {
      return new Namespaces(named, Optional.empty());
    }
    Section section = namespaces.section(TEMPLATE);
    Pattern pattern = section.get("pattern", Values::pattern).orElse(DEFAULT_PATTERN);
    return new Namespaces(
        named,
        NamespaceSettings.read(section, shared)
            .map(settings -> new Template(pattern, settings, buckets)));
  }

  /** Those that the configuration names, by their names. */
  public Map<String, NamespaceCodec> named() {
    return named;
  }

  /** The codec of a namespace; empty if it is not configured, nor matches the template. */
  public Optional<NamespaceCodec> find(String namespace) {
    NamespaceCodec codec = named.get(namespace);
    return codec == null
        ? template.flatMap(present -> present.find(namespace))
        : Optional.of(codec);
  }

  /** The namespaces' names, for logs. */
  public String describe() {
    return Stream.concat(
            named.keySet().stream().sorted(),
            template.stream().map(present -> "all that match " + present.pattern))
        .collect(Collectors.joining(", "));
  }

  /**
   * Serves namespaces that the configuration does not name. The caller chooses the name, so its
   * bucket must not be one that belongs to a namespace of the configuration. Thread-safe.
   */
  private static final class Template {

    /** How many namespaces are cached, the most recently used ones. */
    static final int MAX_CACHED = 100;

    /** Longer texts are not namespace names, and matching them could take long. */
    private static final int MAX_NAME_LENGTH = 255;

    private final Pattern pattern;
    private final NamespaceSettings settings;
    private final Set<String> namedBuckets;
    private final Cache<String, NamespaceCodec> codecs =
        CacheBuilder.newBuilder().maximumSize(MAX_CACHED).build();

    Template(Pattern pattern, NamespaceSettings settings, Set<String> namedBuckets) {
      this.pattern = pattern;
      this.settings = settings;
      this.namedBuckets = namedBuckets;
    }

    Optional<NamespaceCodec> find(String namespace) {
      NamespaceCodec present = codecs.getIfPresent(namespace);
      if (present != null
          || namespace.length() > MAX_NAME_LENGTH
          || !pattern.matcher(namespace).matches()
          || settings.location().bucketsNamedAfter(namespace).anyMatch(namedBuckets::contains)) {
        return Optional.ofNullable(present);
      }
      return settings
          .location()
          .bucketsOf(namespace)
          .map(
              buckets ->
                  codecs.asMap().computeIfAbsent(namespace, absent -> settings.codecFor(buckets)));
    }
  }
}
