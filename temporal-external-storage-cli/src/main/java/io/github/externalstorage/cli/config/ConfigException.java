package io.github.externalstorage.cli.config;

/** An invalid configuration. Each problem is a line with its place, what is wrong, and a remedy. */
public final class ConfigException extends Exception {

  private static final long serialVersionUID = 1L;

  public ConfigException(String problems) {
    super(problems);
  }
}
