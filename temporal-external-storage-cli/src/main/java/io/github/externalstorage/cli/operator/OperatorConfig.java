package io.github.externalstorage.cli.operator;

import io.github.externalstorage.cli.config.ConfigException;
import io.github.externalstorage.cli.config.ConfigFile;
import io.github.externalstorage.cli.namespaces.ConfiguredNamespaces;
import io.github.externalstorage.lifecycle.NamespaceStorage;
import io.temporal.serviceclient.WorkflowServiceStubs;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The configuration that the commands share with the codec server, and what they open with it. */
public final class OperatorConfig implements AutoCloseable {

  private final Map<String, String> environment;
  private final TemporalSettings temporal;
  private final ConfiguredNamespaces namespaces;
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
    namespaces = new ConfiguredNamespaces(file);
    try {
      file.requireValid();
    } catch (ConfigException e) {
      namespaces.close();
      throw e;
    }
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
    return find(names.isEmpty() ? namespaces.names() : names);
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
    List<String> names = new ArrayList<>(namespaces.names());
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
    List<String> names = namespaces.names();
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
                        .formatted(
                            name,
                            namespaces.names().size() == 1 ? "is" : "are",
                            namespaces.names())));
  }

  @Override
  public void close() {
    namespaces.close();
    if (service != null) {
      service.shutdownNow();
    }
  }
}
