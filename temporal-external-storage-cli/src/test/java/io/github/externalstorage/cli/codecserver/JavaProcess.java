package io.github.externalstorage.cli.codecserver;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A main class in a JVM of its own, with the test's class path. */
final class JavaProcess implements AutoCloseable {

  private static final int TIMEOUT_SECONDS = 120;

  private final Process process;
  private final BufferedReader out;
  private final Path err;
  private final StringBuilder read = new StringBuilder();

  private JavaProcess(Process process, Path err) {
    this.process = process;
    this.out = process.inputReader(UTF_8);
    this.err = err;
  }

  /**
   * Starts it.
   *
   * @param folder takes its stderr, and comes first in its class path
   * @param arguments the main class and its arguments, maybe after options of the JVM
   */
  static JavaProcess start(Path folder, Map<String, String> environment, String... arguments)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-cp");
    command.add(folder + File.pathSeparator + System.getProperty("java.class.path"));
    command.addAll(List.of(arguments));
    Path err = Files.createTempFile(folder, "err", ".txt");
    ProcessBuilder builder = new ProcessBuilder(command).redirectError(err.toFile());
    builder.environment().keySet().removeIf(name -> name.matches("(AWS|CODEC_SERVER)_.*"));
    builder.environment().put("AWS_ACCESS_KEY_ID", "access-key-of-the-test");
    builder.environment().put("AWS_SECRET_ACCESS_KEY", "secret-key-of-the-test");
    builder.environment().put("AWS_REGION", "us-east-1");
    builder.environment().putAll(environment);
    return new JavaProcess(builder.start(), err);
  }

  /** Waits for a line that holds a text, and returns it. */
  String awaitLine(String text) throws IOException {
    for (String line = out.readLine(); line != null; line = out.readLine()) {
      read.append(line).append('\n');
      if (line.contains(text)) {
        return line;
      }
    }
    throw new AssertionError("'" + text + "' did not come: " + read + errors());
  }

  /** Waits for the end of what it prints, and returns all of it. */
  String output() throws IOException {
    StringWriter rest = new StringWriter();
    out.transferTo(rest);
    return read.append(rest).toString();
  }

  /** What it printed to stderr, without what the JVM says about old libraries. */
  List<String> errors() throws IOException {
    try (var lines = Files.lines(err)) {
      return lines.filter(line -> !line.startsWith("WARNING: ") && !line.isEmpty()).toList();
    }
  }

  /** Lets go on what waits for its stdin. */
  void sendLine() throws IOException {
    process.getOutputStream().write('\n');
    process.getOutputStream().flush();
  }

  /** Asks it to end, as SIGTERM does. */
  void stop() {
    // Process.destroy would close what is still to be read.
    process.toHandle().destroy();
  }

  int exitCode() throws InterruptedException {
    if (!process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
      throw new AssertionError("The process did not end: " + process.info());
    }
    return process.exitValue();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
