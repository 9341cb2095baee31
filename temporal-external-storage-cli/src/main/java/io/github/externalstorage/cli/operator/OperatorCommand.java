package io.github.externalstorage.cli.operator;

import io.github.externalstorage.cli.config.ConfigException;
import io.github.externalstorage.cli.version.Version;
import io.github.externalstorage.lifecycle.LifecycleException;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** What the commands have in common: the configuration, and their exit codes. */
@Command(
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    exitCodeOnExecutionException = OperatorCommand.NOT_DONE,
    exitCodeListHeading = "%nExit codes:%n",
    footerHeading = "%nEnvironment:%n",
    footer = {
      "  CODEC_SERVER_CONFIG    the configuration file, if there is no --config",
      "  TEMPORAL_ADDRESS, TEMPORAL_API_KEY, TEMPORAL_TLS* and others",
      "                         override the section 'temporal' of the file, and profiles",
      "  AWS_REGION and others  the settings of the AWS SDK, including credentials"
    })
public abstract class OperatorCommand implements Callable<Integer> {

  protected static final int FINE = 0;
  protected static final int FOUND = 1;
  protected static final int NOT_DONE = 2;

  /** The streams of the process. */
  public record Streams(InputStream in, PrintStream out, PrintStream err) {}

  private final Map<String, String> environment;
  private final Streams streams;

  @Option(
      names = {"-c", "--config"},
      paramLabel = "FILE",
      description = "The configuration file of the codec server. Default: CODEC_SERVER_CONFIG.")
  private @Nullable Path file;

  protected OperatorCommand(Map<String, String> environment, Streams streams) {
    this.environment = environment;
    this.streams = streams;
  }

  @Override
  public Integer call() throws InterruptedException {
    // Logs go to stderr, since other programs may read what a command prints. The properties are
    // read when the first logger is created, which is later than this.
    System.setProperty("org.slf4j.simpleLogger.logFile", "System.err");
    System.setProperty("org.slf4j.simpleLogger.defaultLogLevel", "warn");
    Optional<Path> config =
        Optional.ofNullable(file)
            .or(
                () ->
                    Optional.of(environment.getOrDefault("CODEC_SERVER_CONFIG", ""))
                        .filter(path -> !path.isBlank())
                        .map(Path::of));
    if (config.isEmpty()) {
      err()
          .println("Missing configuration file: name it with --config, or set CODEC_SERVER_CONFIG");
      return NOT_DONE;
    }
    try (OperatorConfig opened = new OperatorConfig(config.get(), environment)) {
      return run(opened);
    } catch (ConfigException | LifecycleException e) {
      err().println(e.getMessage());
    } catch (IOException e) {
      err().println("Reading or writing failed: " + e);
    }
    return NOT_DONE;
  }

  /** Runs the command and returns the exit code. */
  protected abstract int run(OperatorConfig config) throws ConfigException, IOException;

  protected InputStream in() {
    return streams.in;
  }

  protected PrintStream out() {
    return streams.out;
  }

  protected PrintStream err() {
    return streams.err;
  }

  /** Fails if what was printed did not arrive, for example since the reader has ended. */
  protected void requireWritten() throws IOException {
    if (out().checkError()) {
      throw new IOException("standard output is closed");
    }
  }
}
