package io.github.externalstorage.cli.config;

import java.util.List;

/** An invalid configuration. Each problem is a line with its place, what is wrong, and a remedy. */
public final class ConfigException extends Exception {

  private static final long serialVersionUID = 1L;

  public ConfigException(List<String> problems) {
    super(String.join(System.lineSeparator(), problems));
  }
}
