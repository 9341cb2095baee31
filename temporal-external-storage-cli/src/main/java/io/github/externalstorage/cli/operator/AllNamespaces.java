package io.github.externalstorage.cli.operator;

import io.github.externalstorage.cli.config.ConfigException;
import io.github.externalstorage.lifecycle.NamespaceStorage;
import java.util.List;
import picocli.CommandLine.Option;

/** The namespaces of commands that read all whose payloads may be in a bucket. */
public final class AllNamespaces {

  @Option(
      names = {"-n", "--namespace"},
      paramLabel = "NAME",
      description =
          "A namespace that only the template of the file serves; can be repeated. Name all that"
              + " store in the buckets. Those that the file names are read in any case, since they"
              + " may share a bucket.")
  private List<String> others = List.of();

  /**
   * Finds them.
   *
   * @throws ConfigException if there are none, or one is not configured
   */
  public List<NamespaceStorage> in(OperatorConfig config) throws ConfigException {
    return config.allNamespaces(others);
  }
}
