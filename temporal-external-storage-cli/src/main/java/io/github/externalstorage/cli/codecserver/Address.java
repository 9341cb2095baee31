package io.github.externalstorage.cli.codecserver;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Map;
import java.util.Optional;

/** Where to listen. */
record Address(String host, int port) {

  private static final String DEFAULT_HOST = "127.0.0.1";
  private static final int DEFAULT_PORT = 8081;
  private static final Parser<Integer> PORT = Values.wholeNumber(0, 65_535);

  /** The address of the server; variables of the environment come before the section. */
  static Address ofServer(Section section, Map<String, String> environment, Problems problems) {
    String host = section.get("host", Address::host).orElse(DEFAULT_HOST);
    int port = section.get("port", PORT).orElse(DEFAULT_PORT);
    return new Address(
        variable("CODEC_SERVER_HOST", Address::host, environment, problems).orElse(host),
        variable("CODEC_SERVER_PORT", PORT, environment, problems).orElse(port));
  }

  /** The address of the metrics, which are nobody's business by default; empty if there is none. */
  static Optional<Address> ofMetrics(Section section) {
    String host = section.get("host", Address::host).orElse(DEFAULT_HOST);
    return section.isPresent()
        ? section
            .require("port", "where Prometheus asks", PORT)
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

  private static <T> Optional<T> variable(
      String name, Parser<T> parser, Map<String, String> environment, Problems problems) {
    String value = environment.getOrDefault(name, "").strip();
    // Kubernetes sets such a variable for a service that is called codec-server.
    if (value.isEmpty() || value.startsWith("tcp://")) {
      return Optional.empty();
    }
    try {
      return Optional.of(parser.parse(value));
    } catch (IllegalArgumentException e) {
      problems.addElsewhere("%s is '%s': %s".formatted(name, value, e.getMessage()));
      return Optional.empty();
    }
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
