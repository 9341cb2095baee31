package io.github.externalstorage.examples;

import java.io.PrintWriter;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Serves S3 from memory until Ctrl-C. */
@Command(
    name = "s3",
    description = "Serves an S3 in memory, on this machine only, until Ctrl-C.",
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
      converter = WholeNumber.OfPort.class,
      description = "Where to listen, 0 for any free port. Default: ${DEFAULT-VALUE}.")
  private int port;

  S3Command(Map<String, String> environment, PrintWriter out) {
    this.environment = environment;
    this.out = out;
  }

  @Override
  public void run() {
    String bucket = S3Settings.fromEnvironment(environment).bucket();
    try (CtrlC ctrlC = new CtrlC()) {
      try (LocalS3 s3 = LocalS3.start(port, bucket)) {
        out.printf("S3 is at %s with bucket '%s', Ctrl-C to stop%n", s3.endpoint(), bucket);
        if (port != DEFAULT_PORT) {
          out.printf("Worker and starter need S3_ENDPOINT=%s%n", s3.endpoint());
        }
        ctrlC.await();
      }
      out.println("S3 stopped");
    }
  }
}
