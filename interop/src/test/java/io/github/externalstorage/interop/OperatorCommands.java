package io.github.externalstorage.interop;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The operator's program as it is packaged, with a configuration for the servers of this run. */
final class OperatorCommands {

  private static final Path PROGRAM =
      Path.of(
          "..",
          "temporal-external-storage-cli",
          "target",
          "temporal-external-storage",
          "bin",
          "temporal-external-storage");
  private static final int LIMIT_SECONDS = 120;

  private final Path folder;
  private final Path config;

  private OperatorCommands(Path folder, Path config) {
    this.folder = folder;
    this.config = config;
  }

  /**
   * Configures the program.
   *
   * @param folder for the configuration and what commands print
   * @param bucket the bucket of the namespace
   */
  static OperatorCommands of(Path folder, String bucket) throws IOException {
    return of(folder, Servers.NAMESPACE, bucket);
  }

  /**
   * Configures the program for another namespace.
   *
   * @param folder for the configuration and what commands print
   * @param namespace the namespace
   * @param bucket its bucket
   */
  static OperatorCommands of(Path folder, String namespace, String bucket) throws IOException {
    Path config =
        Files.writeString(
            folder.resolve(bucket + ".yaml"),
            """
            storage: {endpoint: "%s", codecs: gzip}
            namespaces:
              %s: {bucket: "%s"}
            """
                .formatted(Servers.environment("S3_ENDPOINT"), namespace, bucket));
    return new OperatorCommands(folder, config);
  }

  /** What a command printed, and its exit code. */
  record Outcome(int status, String output, String errors) {}

  /** Runs a command. */
  Outcome run(String... arguments) throws IOException, InterruptedException {
    return runWithInput("", arguments);
  }

  /** Runs a command with this text as standard input. */
  Outcome runWithInput(String input, String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(PROGRAM.toString()));
    command.addAll(List.of(arguments));
    command.add("--config=" + config);
    Path in = Files.writeString(folder.resolve("stdin"), input);
    Path out = folder.resolve("stdout");
    Path err = folder.resolve("stderr");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectInput(in.toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile());
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    Process process = builder.start();
    if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new AssertionError(command + " did not end within " + LIMIT_SECONDS + " s");
    }
    return new Outcome(process.exitValue(), Files.readString(out), Files.readString(err));
  }
}
