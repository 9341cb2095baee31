package io.github.externalstorage.cli.codecserver;

import io.github.externalstorage.fixtures.JavaProcess;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The program, started by its script, with the class path of the test instead of the jars in lib.
 */
final class StartScript {

  static final Path PATH = Path.of("src/main/scripts/temporal-external-storage").toAbsolutePath();

  private StartScript() {}

  /**
   * Starts the program.
   *
   * @param folder comes first in the class path
   */
  static JavaProcess run(
      Path folder, Path script, Map<String, String> environment, String... arguments)
      throws IOException {
    Map<String, String> all = new HashMap<>(environment);
    all.put("JAVA_HOME", System.getProperty("java.home"));
    all.put(
        "CLASSPATH_PREFIX", folder + File.pathSeparator + System.getProperty("java.class.path"));
    List<String> command = new ArrayList<>(List.of("sh", script.toString()));
    command.addAll(List.of(arguments));
    return JavaProcess.startCommand(folder, all, command);
  }
}
