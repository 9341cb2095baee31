package io.github.externalstorage.interop;

import java.io.IOException;
import java.net.URI;
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
    return of(folder, URI.create(Servers.environment("S3_ENDPOINT")), bucket, List.of(namespace));
  }

  /** The same for other namespaces, which share a bucket, and another S3 server. */
  static OperatorCommands of(Path folder, URI s3, String bucket, List<String> namespaces)
      throws IOException {
    StringBuilder yaml = new StringBuilder();
    yaml.append("storage: {endpoint: \"%s\", codecs: gzip}%n".formatted(s3));
    yaml.append("namespaces:\n");
    for (String namespace : namespaces) {
      yaml.append("  %s: {bucket: \"%s\"}%n".formatted(namespace, bucket));
    }
    Path config = Files.createTempFile(folder, "config", ".yaml");
    return new OperatorCommands(folder, Files.writeString(config, yaml));
  }

  /** What a command printed, and its exit code. */
  record Outcome(int status, String output, String errors) {}

  /** Runs a command. */
  Outcome run(String... arguments) throws IOException, InterruptedException {
    return runWithInput("", arguments);
  }

  /** Runs a command with this text as standard input. */
  Outcome runWithInput(String input, String... arguments) throws IOException, InterruptedException {
    Path in = Files.writeString(folder.resolve("stdin"), input);
    Process process = start(in, arguments);
    if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new AssertionError(List.of(arguments) + " did not end within " + LIMIT_SECONDS + " s");
    }
    return new Outcome(process.exitValue(), Files.readString(output()), Files.readString(errors()));
  }

  /** Starts a command, which the caller kills or waits for. */
  Process start(String... arguments) throws IOException {
    return start(Files.writeString(folder.resolve("stdin"), ""), arguments);
  }

  private Process start(Path in, String... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of(PROGRAM.toString()));
    command.addAll(List.of(arguments));
    command.add("--config=" + config);
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectInput(in.toFile())
            .redirectOutput(output().toFile())
            .redirectError(errors().toFile());
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    return builder.start();
  }

  private Path output() {
    return folder.resolve("stdout");
  }

  private Path errors() {
    return folder.resolve("stderr");
  }
}
