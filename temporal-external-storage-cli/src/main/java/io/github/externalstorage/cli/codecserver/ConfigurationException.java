package io.github.externalstorage.cli.codecserver;

import java.util.List;

/** The configuration is wrong. Each problem is a line that says where, what, and what to do. */
final class ConfigurationException extends Exception {

  private static final long serialVersionUID = 1L;

  ConfigurationException(String problem) {
    super(problem);
  }

  ConfigurationException(List<String> problems) {
    super(String.join(System.lineSeparator(), problems));
  }
}
