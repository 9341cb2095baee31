package io.github.externalstorage.cli.codecserver;

import io.github.externalstorage.codec.http.CodecServer;
import java.io.PrintWriter;
import org.jspecify.annotations.Nullable;

/** Says what runs, to whoever has started it. */
record Announcement(
    Configuration configuration, CodecServer server, @Nullable CodecServer metricsServer) {

  void print(PrintWriter out) {
    out.printf(
        "Codec server %s is at %s%n",
        Version.CURRENT,
        url(
            configuration.tls().isPresent() ? "https" : "http",
            configuration.address().host(),
            server.getPort()));
    out.printf("Namespaces: %s%n", configuration.namespaces().describe());
    out.printf(
        "Callers: %s%n",
        configuration.authenticator().isPresent() ? "those with a token" : "all who reach it");
    if (metricsServer != null) {
      out.printf(
          "Metrics: %s/metrics%n",
          url("http", configuration.metrics().orElseThrow().host(), metricsServer.getPort()));
    }
  }

  private static String url(String scheme, String host, int port) {
    return "%s://%s:%d".formatted(scheme, host.contains(":") ? "[" + host + "]" : host, port);
  }
}
