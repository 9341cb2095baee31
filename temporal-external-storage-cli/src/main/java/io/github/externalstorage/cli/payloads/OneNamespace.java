package io.github.externalstorage.cli.payloads;

import io.github.externalstorage.cli.config.ConfigException;
import io.github.externalstorage.cli.operator.OperatorConfig;
import io.github.externalstorage.lifecycle.NamespaceStorage;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The namespace of commands for one workflow run. */
final class OneNamespace {

  @Option(
      names = {"-n", "--namespace"},
      paramLabel = "NAME",
      description = "The workflow's namespace. Default: the only one in the configuration.")
  private @Nullable String name;

  /**
   * Finds it.
   *
   * @throws ConfigException if it is not configured
   */
  NamespaceStorage in(OperatorConfig config) throws ConfigException {
    return config.namespaceOrOnly(name);
  }
}
