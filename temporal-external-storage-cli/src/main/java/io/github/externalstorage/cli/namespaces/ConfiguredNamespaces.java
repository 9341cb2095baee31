package io.github.externalstorage.cli.namespaces;

import io.github.externalstorage.cli.config.ConfigFile;
import io.github.externalstorage.cli.config.Section;
import io.github.externalstorage.codec.http.NamespaceCodec;
import io.github.externalstorage.options.StorageListener;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The namespaces of a configuration file, for the commands that share the codec server's file.
 * Nothing is cached. Thread-safe.
 */
public final class ConfiguredNamespaces implements AutoCloseable {

  /** What only the codec server reads. */
  private static final Set<String> SECTIONS_OF_THE_SERVER =
      Set.of("server", "web", "jwt", "metrics", "limits");

  private static final Set<String> SETTINGS_OF_THE_SERVER =
      Set.of("encode", "defaultNamespace", "reloadInterval");

  private final StorageClients clients = new StorageClients();
  private final Namespaces namespaces;

  /** Reads the namespaces; what is wrong becomes a problem of the file. */
  public ConfiguredNamespaces(ConfigFile file) {
    Section root = file.root();
    for (String section : SECTIONS_OF_THE_SERVER) {
      var unused = root.section(section);
    }
    for (String setting : SETTINGS_OF_THE_SERVER) {
      var unused = root.text(setting);
    }
    namespaces =
        Namespaces.read(
            root, clients, Namespaces.DEFAULT_MAX_DECODED_SIZE, 0, new StorageListener() {});
  }

  /** The names in the file, in alphabetical order. A template has none. */
  public List<String> names() {
    return namespaces.named().keySet().stream().sorted().toList();
  }

  /** The storage and codecs of a namespace; empty if it is not in the file, nor in its template. */
  public Optional<NamespaceCodec> find(String namespace) {
    return namespaces.find(namespace);
  }

  @Override
  public void close() {
    clients.close();
  }
}
