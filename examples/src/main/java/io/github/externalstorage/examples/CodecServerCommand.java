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
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** Lets Temporal's Web UI and CLI read the payloads that worker and starter wrote. */
@Command(
    name = "codec-server",
    description = "Decodes payloads for Temporal's Web UI and CLI until Ctrl-C.",
    footerHeading = "%nEnvironment, with defaults:%n",
    footer = {
      "  CODEC_SERVER_HOST          127.0.0.1",
      "  CODEC_SERVER_PORT          8081",
      "  CODEC_SERVER_CORS_ORIGINS  http://localhost:8233 (comma-separated)",
      "  TEMPORAL_NAMESPACE         default",
      StorageOption.VARIABLES
    })
final class CodecServerCommand implements Runnable {

  private final Map<String, String> environment;
  private final PrintWriter out;

  @Option(
      names = "--port",
      paramLabel = "N",
      converter = S3Command.Port.class,
      description = "Port to listen on, 0 for any free port. Default: CODEC_SERVER_PORT.")
  private @Nullable Integer port;

  @Mixin private final StorageOption storage = new StorageOption();

  CodecServerCommand(Map<String, String> environment, PrintWriter out) {
    this.environment = environment;
    this.out = out;
  }

  @Override
  public void run() {
    Thread.setDefaultUncaughtExceptionHandler((thread, e) -> exitIfFatal(e));
    String host = setting("CODEC_SERVER_HOST", "127.0.0.1");
    try (PayloadStorage payloads = storage.connect(environment);
        CodecServer server = start(handler(payloads), host)) {
      Main.awaitCtrlC(
          () ->
              out.printf(
                  "Codec server is at http://%s:%s, Ctrl-C to stop%n", host, server.getPort()));
    }
    out.println("Codec server stopped");
  }

  /** Ends the process if the JVM failed, so that no process stays that serves nothing. */
  private static void exitIfFatal(Throwable failure) {
    failure.printStackTrace();
    if (failure instanceof VirtualMachineError) {
      Runtime.getRuntime().halt(ExitCode.SOFTWARE);
    }
  }

  private CodecHandler handler(PayloadStorage payloads) {
    String namespace = setting("TEMPORAL_NAMESPACE", "default");
    return CodecHandler.newBuilder()
        .setNamespaces(Map.of(namespace, payloads.namespaceCodec()))
        .setDefaultNamespace(namespace)
        .setAllowedOrigins(allowedOrigins())
        .build();
  }

  private CodecServer start(CodecHandler handler, String host) {
    int wanted = port != null ? port : portFromEnvironment();
    try {
      return CodecServer.newBuilder(handler).setHost(host).setPort(wanted).start();
    } catch (IOException e) {
      throw new ExampleException(
          "Could not listen on %s:%s (%s): choose another port with --port"
              .formatted(host, wanted, e.getMessage()),
          e);
    }
  }

  private int portFromEnvironment() {
    try {
      return new S3Command.Port().convert(setting("CODEC_SERVER_PORT", "8081"));
    } catch (TypeConversionException e) {
      throw new ExampleException("Invalid CODEC_SERVER_PORT: " + e.getMessage(), e);
    }
  }

  private List<String> allowedOrigins() {
    return Arrays.stream(setting("CODEC_SERVER_CORS_ORIGINS", "http://localhost:8233").split(","))
        .map(String::strip)
        .filter(origin -> !origin.isEmpty())
        .toList();
  }

  private String setting(String name, String defaultValue) {
    return Main.setting(environment, name, defaultValue);
  }
}
