package io.github.externalstorage.examples;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Runs the example in a JVM of its own. */
final class ChildProcess implements AutoCloseable {

  private static final int TIMEOUT_SECONDS = 120;

  private final Process process;
  private final BufferedReader out;
  private final Path err;

  private ChildProcess(Process process, Path err) {
    this.process = process;
    this.out = process.inputReader(UTF_8);
    this.err = err;
  }

  static ChildProcess start(Path directory, Map<String, String> environment, String... arguments)
      throws IOException {
    return start(Main.class, directory, environment, arguments);
  }

  static ChildProcess start(
      Class<?> main, Path directory, Map<String, String> environment, String... arguments)
      throws IOException {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    String classPath = System.getProperty("java.class.path");
    Stream<String> command = Stream.of(java, "-cp", classPath, main.getName());
    Path err = Files.createTempFile(directory, "err", ".txt");
    ProcessBuilder builder =
        new ProcessBuilder(Stream.concat(command, Stream.of(arguments)).toList())
            .redirectError(err.toFile());
    builder.environment().putAll(environment);
    return new ChildProcess(builder.start(), err);
  }

  /** Waits for the next line. */
  String nextLine() throws IOException {
    return String.valueOf(out.readLine());
  }

  /** Waits until the process closes its output, and returns what is left of it. */
  String rest() throws IOException {
    StringWriter rest = new StringWriter();
    out.transferTo(rest);
    return rest.toString();
  }

  /** The lines on stderr, without the warnings of the JVM about old libraries. */
  List<String> errors() throws IOException {
    try (Stream<String> lines = Files.lines(err)) {
      return lines.filter(line -> !line.startsWith("WARNING: ") && !line.isEmpty()).toList();
    }
  }

  /** Terminates the process, as Ctrl-C does. */
  void stop() {
    // Process.destroy would also close the output that is still to be read.
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
