package io.github.externalstorage.interop;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.Closeable;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.StringJoiner;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A program of another language or another SDK: a worker that runs until it is closed, or a starter
 * that prints its outcome and ends. What it writes to stderr is kept in {@code target/logs}.
 */
final class Program implements Closeable {

  private static final Path SCRIPTS = Path.of("python");
  private static final Path TYPESCRIPT = Path.of("typescript");
  private static final Path SDK_1_38 = Path.of("sdk-1.38", "target", "class-path");
  private static final Path LOGS = Path.of("target", "logs");
  private static final int LIMIT_SECONDS = 180;
  private static final int GRACE_SECONDS = 60;
  private static final String END = "\0";

  private final String name;
  private final Process process;
  private final BlockingQueue<String> output = new LinkedBlockingQueue<>();

  private Program(String name, Map<String, String> environment, Stream<String> command)
      throws IOException {
    this.name = name;
    ProcessBuilder builder =
        new ProcessBuilder(command.toList())
            .redirectError(
                Files.createTempFile(Files.createDirectories(LOGS), name + "-", ".log").toFile());
    builder.environment().putAll(environment);
    process = builder.start();
    Thread reader = new Thread(this::readOutput, name);
    reader.setDaemon(true);
    reader.start();
  }

  /** A script of {@code interop/python}. */
  static Program python(String script, String... arguments) throws IOException {
    return python(Map.of(), script, arguments);
  }

  /** The same, with variables in its environment. */
  static Program python(Map<String, String> environment, String script, String... arguments)
      throws IOException {
    return new Program(
        Path.of(script).getFileName().toString(),
        environment,
        Stream.concat(
            Stream.of(
                Servers.environment("INTEROP_PYTHON"), "-B", SCRIPTS.resolve(script).toString()),
            Stream.of(arguments)));
  }

  /** A program of {@code interop/typescript}. */
  static Program typeScript(String file, String... arguments) throws IOException {
    return typeScript(Map.of(), file, arguments);
  }

  /** The same, with variables in its environment. */
  static Program typeScript(Map<String, String> environment, String file, String... arguments)
      throws IOException {
    return new Program(
        file,
        environment,
        Stream.concat(
            Stream.of(Servers.environment("INTEROP_NODE"), TYPESCRIPT.resolve(file).toString()),
            Stream.of(arguments)));
  }

  /** The program of {@code interop/go}. */
  static Program go(String... arguments) throws IOException {
    return go(Map.of(), arguments);
  }

  /** The same, with variables in its environment. */
  static Program go(Map<String, String> environment, String... arguments) throws IOException {
    return new Program(
        "go",
        environment,
        Stream.concat(Stream.of(Servers.environment("INTEROP_GO")), Stream.of(arguments)));
  }

  /** Temporal's CLI. It reads the server's address from the environment. */
  static Program temporal(String... arguments) throws IOException {
    return new Program(
        "temporal",
        Map.of(),
        Stream.concat(Stream.of(Servers.environment("TEMPORAL_CLI")), Stream.of(arguments)));
  }

  /** {@link JavaProgram} on SDK 1.38, which has no storage of its own. */
  static Program javaSdk138(String... arguments) throws IOException {
    return javaSdk138(Map.of(), arguments);
  }

  /** The same, with variables in its environment. */
  static Program javaSdk138(Map<String, String> environment, String... arguments)
      throws IOException {
    String classPath =
        Path.of("target", "test-classes") + File.pathSeparator + Files.readString(SDK_1_38);
    return java("java-sdk-1.38", classPath, environment, arguments);
  }

  /** {@link JavaProgram} on the newest SDK, with variables in its environment. */
  static Program java(Map<String, String> environment, String... arguments) throws IOException {
    return java("java", System.getProperty("java.class.path"), environment, arguments);
  }

  private static Program java(
      String name, String classPath, Map<String, String> environment, String... arguments)
      throws IOException {
    return new Program(
        name,
        environment,
        Stream.concat(
            Stream.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                classPath,
                JavaProgram.class.getName()),
            Stream.of(arguments)));
  }

  /** Waits until the program prints a line, and returns it. */
  String line() throws InterruptedException {
    String printed = next();
    if (printed.equals(END)) {
      throw new AssertionError(name + " ended without a word; see " + LOGS);
    }
    return printed;
  }

  /** Waits until the program prints a line, such as {@code READY}. */
  Program await(String line) throws InterruptedException {
    for (String printed = next(); !printed.equals(line); printed = next()) {
      if (printed.equals(END)) {
        throw new AssertionError(name + " ended before it printed " + line + "; see " + LOGS);
      }
    }
    return this;
  }

  /** Sends a line to the program, and waits until it echoes the line. */
  void send(String line) throws IOException, InterruptedException {
    process.outputWriter(UTF_8).append(line).append('\n').flush();
    await(line);
  }

  /** Waits until the program exits successfully, and returns its output. */
  String outcome() throws InterruptedException {
    StringJoiner outcome = new StringJoiner("\n");
    for (String printed = next(); !printed.equals(END); printed = next()) {
      outcome.add(printed);
    }
    int status = process.waitFor();
    if (status != 0) {
      throw new AssertionError(name + " ended with " + status + "; see " + LOGS);
    }
    return outcome.toString();
  }

  /** Kills the program with SIGKILL. */
  void kill() throws InterruptedException {
    process.destroyForcibly();
    process.waitFor();
  }

  /** The process id, which is the first part of a worker's default identity. */
  long pid() {
    return process.pid();
  }

  /** Stops the program with SIGTERM, as a deployment does. */
  @Override
  public void close() {
    process.destroy();
    var unused =
        process.onExit().completeOnTimeout(process, GRACE_SECONDS, TimeUnit.SECONDS).join();
    if (process.isAlive()) {
      process.destroyForcibly();
      throw new AssertionError(name + " did not end within " + GRACE_SECONDS + " s of SIGTERM");
    }
  }

  private String next() throws InterruptedException {
    @Nullable String printed = output.poll(LIMIT_SECONDS, TimeUnit.SECONDS);
    if (printed == null) {
      throw new AssertionError(name + " printed nothing for " + LIMIT_SECONDS + " s; see " + LOGS);
    }
    return printed;
  }

  private void readOutput() {
    process.inputReader(UTF_8).lines().forEach(output::add);
    output.add(END);
  }
}
