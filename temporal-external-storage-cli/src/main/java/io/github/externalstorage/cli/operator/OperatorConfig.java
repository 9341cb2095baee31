package io.github.externalstorage.cli.operator;

import io.github.externalstorage.cli.config.ConfigException;
import io.github.externalstorage.cli.config.ConfigFile;
import io.github.externalstorage.cli.config.Section;
import io.github.externalstorage.cli.namespaces.Namespaces;
import io.github.externalstorage.cli.namespaces.StorageClients;
import io.github.externalstorage.lifecycle.NamespaceStorage;
import io.github.externalstorage.options.StorageListener;
import io.temporal.serviceclient.WorkflowServiceStubs;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The configuration that the commands share with the codec server, and what they open with it. */
public final class OperatorConfig implements AutoCloseable {

  private final Map<String, String> environment;
  private final TemporalSettings temporal;
  private final StorageClients clients = new StorageClients();
  private final Namespaces namespaces;
  private @Nullable WorkflowServiceStubs service;

  /**
   * Reads the file.
   *
   * @throws ConfigException if it is not valid
   */
  OperatorConfig(Path path, Map<String, String> environment) throws ConfigException {
    this.environment = environment;
    ConfigFile file = new ConfigFile(path, environment);
    temporal = TemporalSettings.read(file.root().section("temporal"), file);
    skipSettingsOfTheServer(file.root());
    namespaces =
        Namespaces.read(
            file.root(), clients, Namespaces.DEFAULT_MAX_DECODED_SIZE, 0, new StorageListener() {});
    try {
      file.requireValid();
    } catch (ConfigException e) {
      clients.close();
      throw e;
    }
  }

  /** What only the codec server reads. */
  private static void skipSettingsOfTheServer(Section root) {
    for (String section : Set.of("server", "web", "jwt", "metrics", "limits")) {
      var unused = root.section(section);
    }
    for (String setting : Set.of("encode", "defaultNamespace", "reloadInterval")) {
      var unused = root.text(setting);
    }
  }

  /** The names in the file, in alphabetical order. A template has none. */
  private List<String> names() {
    return namespaces.named().keySet().stream().sorted().toList();
  }

  /** The connection to the Temporal server, which is made with the first call. */
  public WorkflowServiceStubs service() throws ConfigException {
    WorkflowServiceStubs present = service;
    if (present == null) {
      present = WorkflowServiceStubs.newServiceStubs(temporal.options(environment));
      service = present;
    }
    return present;
  }

  /**
   * Namespaces by their names.
   *
   * @param names empty for all that the file names
   * @throws ConfigException if one is not configured
   */
  public List<NamespaceStorage> namespaces(List<String> names) throws ConfigException {
    return find(names.isEmpty() ? names() : names);
  }

  private List<NamespaceStorage> find(List<String> names) throws ConfigException {
    if (names.isEmpty()) {
      throw new ConfigException("The configuration only has a template: choose with --namespace");
    }
    List<NamespaceStorage> found = new ArrayList<>();
    for (String name : new LinkedHashSet<>(names)) {
      found.add(namespace(name));
    }
    return found;
  }

  /**
   * All namespaces that the file names, and others that its template serves.
   *
   * @throws ConfigException if there are none, or one is not configured
   */
  List<NamespaceStorage> allNamespaces(List<String> others) throws ConfigException {
    List<String> names = new ArrayList<>(names());
    names.addAll(others);
    return find(names);
  }

  /**
   * A namespace by its name.
   *
   * @param name null for the only one in the file
   * @throws ConfigException if it is not configured
   */
  public NamespaceStorage namespaceOrOnly(@Nullable String name) throws ConfigException {
    if (name != null) {
      return namespace(name);
    }
    List<String> names = names();
    if (names.size() != 1) {
      throw new ConfigException(
          "The configuration has %s namespaces: choose one with --namespace"
              .formatted(names.isEmpty() ? "a template for" : names.size()));
    }
    return namespace(names.get(0));
  }

  private NamespaceStorage namespace(String name) throws ConfigException {
    return namespaces
        .find(name)
        .map(
            codec ->
                NamespaceStorage.newBuilder(name, codec.getStorage())
                    .setPreStorageCodec(codec.getPreStorageCodec())
                    .setPostStorageCodec(codec.getPostStorageCodec())
                    .build())
        .orElseThrow(
            () ->
                new ConfigException(
                    "The namespace '%s' is not in the configuration; there %s %s"
                        .formatted(name, names().size() == 1 ? "is" : "are", names())));
  }

  @Override
  public void close() {
    clients.close();
    if (service != null) {
      service.shutdownNow();
    }
  }
}
