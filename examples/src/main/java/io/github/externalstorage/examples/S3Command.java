package io.github.externalstorage.examples;

import java.io.PrintWriter;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;

/** Runs an S3 server in memory until Ctrl-C. */
@Command(
    name = "s3",
    description = "Runs an S3 server in memory, for this machine only, until Ctrl-C.",
    footerHeading = "%nEnvironment, with defaults:%n",
    footer = "  S3_BUCKET              temporal-payloads")
final class S3Command implements Runnable {

  private static final int DEFAULT_PORT = 5000;

  private final Map<String, String> environment;
  private final PrintWriter out;

  @Option(
      names = "--port",
      paramLabel = "N",
      defaultValue = "" + DEFAULT_PORT,
      converter = Port.class,
      description = "Port to listen on, 0 for any free port. Default: ${DEFAULT-VALUE}.")
  private int port;

  S3Command(Map<String, String> environment, PrintWriter out) {
    this.environment = environment;
    this.out = out;
  }

  @Override
  public void run() {
    String bucket = S3Settings.fromEnvironment(environment).bucket();
    try (LocalS3 s3 = LocalS3.start(port, bucket)) {
      Main.awaitCtrlC(() -> announce(s3, bucket));
    }
    out.println("S3 stopped");
  }

  private void announce(LocalS3 s3, String bucket) {
    out.printf("S3 is at %s with bucket '%s', Ctrl-C to stop%n", s3.endpoint(), bucket);
    if (port != DEFAULT_PORT) {
      out.printf("Worker and starter need S3_ENDPOINT=%s%n", s3.endpoint());
    }
  }

  /** A port to listen on, 0 for any free port. */
  static final class Port implements ITypeConverter<Integer> {
    @Override
    public Integer convert(String value) {
      return Main.wholeNumber(value, 0, 65_535);
    }
  }
}
