package io.github.externalstorage.examples;

import io.github.externalstorage.codec.http.CodecHandler;
import io.github.externalstorage.codec.http.CodecServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Lets Temporal's Web UI and CLI read what this example encodes and stores. */
@Command(
    name = "codec-server",
    description = "Decodes payloads for Temporal's Web UI and CLI until Ctrl-C.",
    footerHeading = "%nEnvironment, with defaults:%n",
    footer = {
      "  CODEC_SERVER_HOST          127.0.0.1",
      "  CODEC_SERVER_PORT          8081",
      "  CODEC_SERVER_CORS_ORIGINS  http://localhost:8233 (several with commas)",
      "  TEMPORAL_NAMESPACE         default",
      S3Settings.VARIABLES
    })
final class CodecServerCommand implements Runnable {

  private final Map<String, String> environment;
  private final PrintWriter out;

  @Option(
      names = "--port",
      paramLabel = "N",
      converter = WholeNumber.OfPort.class,
      description = "Where to listen, 0 for any free port. Default: CODEC_SERVER_PORT.")
  private @Nullable Integer port;

  CodecServerCommand(Map<String, String> environment, PrintWriter out) {
    this.environment = environment;
    this.out = out;
  }

  @Override
  public void run() {
    String host = setting("CODEC_SERVER_HOST", "127.0.0.1");
    try (CtrlC ctrlC = new CtrlC()) {
      try (PayloadConfiguration payloads = PayloadConfiguration.connect(environment);
          CodecServer server = start(handler(payloads), host)) {
        out.printf("Codec server is at http://%s:%s, Ctrl-C to stop%n", host, server.getPort());
        ctrlC.await();
      }
      out.println("Codec server stopped");
    }
  }

  private CodecHandler handler(PayloadConfiguration payloads) {
    String namespace = setting("TEMPORAL_NAMESPACE", "default");
    return CodecHandler.newBuilder()
        .setNamespaces(Map.of(namespace, payloads.namespaceCodec()))
        .setDefaultNamespace(namespace)
        .setAllowedOrigins(origins())
        .build();
  }

  private CodecServer start(CodecHandler handler, String host) {
    int wanted = port != null ? port : port(setting("CODEC_SERVER_PORT", "8081"));
    try {
      return CodecServer.newBuilder(handler).setHost(host).setPort(wanted).start();
    } catch (IOException e) {
      throw new ExampleException(
          "Could not listen on %s:%s (%s): choose another port with --port"
              .formatted(host, wanted, e.getMessage()),
          e);
    }
  }

  private List<String> origins() {
    return Arrays.stream(setting("CODEC_SERVER_CORS_ORIGINS", "http://localhost:8233").split(","))
        .map(String::strip)
        .filter(origin -> !origin.isEmpty())
        .toList();
  }

  private static int port(String value) {
    try {
      return new WholeNumber.OfPort().convert(value);
    } catch (RuntimeException e) {
      throw new ExampleException("CODEC_SERVER_PORT is '%s': set it to a port".formatted(value), e);
    }
  }

  private String setting(String name, String otherwise) {
    String value = environment.getOrDefault(name, "");
    return value.isBlank() ? otherwise : value.strip();
  }
}
