package io.github.externalstorage.cli.version;

import java.util.Objects;
import picocli.CommandLine.IVersionProvider;

/** The version of the program's jar. */
public final class Version implements IVersionProvider {

  public static final String CURRENT =
      Objects.requireNonNullElse(
          Version.class.getPackage().getImplementationVersion(), "(not packaged)");

  @Override
  public String[] getVersion() {
    return new String[] {"temporal-external-storage " + CURRENT};
  }
}
