package io.github.externalstorage.cli.codecserver;

import io.github.externalstorage.cli.config.ConfigFile;
import io.github.externalstorage.cli.config.Section;
import io.github.externalstorage.cli.config.Values;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.function.Function;

/** Where a server listens. */
record Address(String host, int port) {

  private static final String DEFAULT_HOST = "127.0.0.1";
  private static final int DEFAULT_PORT = 8081;
  private static final Function<String, Integer> PORT = Values.wholeNumber(0, 65_535);

  /** The address of the codec server; the environment overrides the file. */
  static Address ofServer(Section section, ConfigFile file) {
    String host = section.get("host", Address::host).orElse(DEFAULT_HOST);
    int port = section.get("port", PORT).orElse(DEFAULT_PORT);
    return new Address(
        file.override("CODEC_SERVER_HOST", Address::host).orElse(host),
        file.override("CODEC_SERVER_PORT", PORT).orElse(port));
  }

  /** The address of the metrics; empty if there is none. */
  static Optional<Address> ofMetrics(Section section) {
    String host = section.get("host", Address::host).orElse(DEFAULT_HOST);
    return section.isPresent()
        ? section
            .require("port", "the port that Prometheus scrapes", PORT)
            .map(port -> new Address(host, port))
        : Optional.empty();
  }

  boolean isLoopback() {
    try {
      return InetAddress.getByName(host).isLoopbackAddress();
    } catch (UnknownHostException e) {
      return false;
    }
  }

  /** The URL of a server here. */
  String url(String scheme, int boundPort) {
    return "%s://%s:%d".formatted(scheme, host.contains(":") ? "[" + host + "]" : host, boundPort);
  }

  private static String host(String text) {
    try {
      InetAddress unused = InetAddress.getByName(text);
      return text;
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(
          "must be an address or a name of this machine, or 0.0.0.0 for all of them", e);
    }
  }
}
