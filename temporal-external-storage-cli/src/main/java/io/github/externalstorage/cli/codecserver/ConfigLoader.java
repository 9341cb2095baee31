package io.github.externalstorage.cli.codecserver;

import io.github.externalstorage.cli.auth.TokenKeys;
import io.github.externalstorage.cli.auth.TokenSettings;
import io.github.externalstorage.cli.config.ConfigException;
import io.github.externalstorage.cli.config.ConfigFile;
import io.github.externalstorage.cli.config.Section;
import io.github.externalstorage.cli.config.Values;
import io.github.externalstorage.cli.namespaces.Namespaces;
import io.github.externalstorage.cli.namespaces.StorageClients;
import io.github.externalstorage.codec.http.CodecHandler;
import io.github.externalstorage.options.StorageListener;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Reads the configuration file and all files that it names, again whenever they change. */
record ConfigLoader(
    Path path,
    Map<String, String> environment,
    StorageClients clients,
    TokenKeys tokenKeys,
    StorageListener listener) {

  private static final String LOOPBACK = "127.0.0.1";
  private static final int DEFAULT_PORT = 8081;
  private static final Function<String, Integer> PORT = Values.wholeNumber(0, 65_535);
  private static final Function<String, Integer> COUNT = Values.wholeNumber(1, 1_000_000);
  private static final Function<String, Integer> SIZE = Values.arraySize(1);
  private static final Function<String, Duration> TIMEOUT =
      Values.duration(Duration.ofMillis(1), Duration.ofHours(1));
  private static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(30);

  /**
   * Reads the files.
   *
   * @throws ConfigException if something is wrong; it lists all problems
   */
  CodecServerConfig load() throws ConfigException {
    ConfigFile file = new ConfigFile(path, environment);
    Section root = file.root();
    Section web = root.section("web");
    Section server = root.section("server");
    Section limits = root.section("limits");
    Section jwt = root.section("jwt");
    // Of other commands.
    var unused = root.section("temporal");
    Set<String> origins = new HashSet<>(web.list("origins", Values::origin));
    Set<String> hosts = new HashSet<>(web.list("hosts", Values::hostName));
    InetSocketAddress address = address(server);
    boolean unauthenticated = server.isSet("unauthenticated");
    if (!jwt.isPresent() && !unauthenticated && !address.getAddress().isLoopbackAddress()) {
      server.addProblem(
          "host",
          "is reachable from other machines, and there is no authentication: configure jwt, or set"
              + " server.unauthenticated to true if a proxy authenticates callers");
    }
    ServerOptions options = server(server, limits, address, origins);
    int maxDecodedSize =
        limits.get("maxDecodedSize", SIZE).orElse(Namespaces.DEFAULT_MAX_DECODED_SIZE);
    CodecServerConfig config =
        new CodecServerConfig(
            file,
            namespaces(root, limits, maxDecodedSize),
            TokenSettings.read(jwt, tokenKeys),
            tls(server.section("tls")),
            options,
            handler(root, limits, options)
                .setMaxDecodedSize(maxDecodedSize)
                .setAllowedHosts(hosts)
                .setUnauthenticatedAllowed(unauthenticated),
            hosts,
            metrics(root.section("metrics")),
            root.get("reloadInterval", Values.duration(Duration.ofSeconds(1), Duration.ofHours(1)))
                .orElse(Duration.ofSeconds(10)));
    file.requireValid();
    return config;
  }

  /** The environment overrides the file. */
  private static InetSocketAddress address(Section section) {
    InetAddress host = section.get("host", ConfigLoader::host).orElseGet(() -> host(LOOPBACK));
    int port = section.get("port", PORT).orElse(DEFAULT_PORT);
    return new InetSocketAddress(
        section.file().override("CODEC_SERVER_HOST", ConfigLoader::host).orElse(host),
        section.file().override("CODEC_SERVER_PORT", PORT).orElse(port));
  }

  private static Optional<InetSocketAddress> metrics(Section section) {
    InetAddress host = section.get("host", ConfigLoader::host).orElseGet(() -> host(LOOPBACK));
    return section.isPresent()
        ? section
            .require("port", "the port that Prometheus scrapes", PORT)
            .map(port -> new InetSocketAddress(host, port))
        : Optional.empty();
  }

  private static InetAddress host(String text) {
    try {
      return InetAddress.getByName(text);
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(
          "must be an address or a name of this machine, or 0.0.0.0 for all of them", e);
    }
  }

  private static CodecHandler.Builder handler(Section root, Section limits, ServerOptions server) {
    CodecHandler.Builder handler =
        CodecHandler.newBuilder()
            .setEncodeEnabled(root.get("encode", Values::flag).orElse(true))
            .setDefaultNamespace(root.get("defaultNamespace", Values::namespace).orElse(null))
            .setMaxConcurrentRequests(server.maxConcurrentRequests())
            .setMaxQueuedRequests(server.maxQueuedRequests())
            .setMaxConcurrentTransfers(server.maxConcurrentTransfers())
            .setRequestTimeout(server.requestTimeout())
            .setClientTimeout(server.clientTimeout())
            .setAllowedOrigins(server.allowedOrigins());
    limits.get("maxBodySize", SIZE).ifPresent(handler::setMaxBodySize);
    limits.get("maxPayloads", COUNT).ifPresent(handler::setMaxPayloads);
    limits
        .get("maxBytesInFlight", Values.size(1, Long.MAX_VALUE))
        .ifPresent(handler::setMaxBytesInFlight);
    return handler;
  }

  private static ServerOptions server(
      Section server, Section limits, InetSocketAddress address, Set<String> allowedOrigins) {
    return new ServerOptions(
        address,
        server.get("maxConnections", COUNT).orElse(2000),
        limits.get("maxConcurrentRequests", COUNT).orElse(32),
        limits.get("maxQueuedRequests", COUNT).orElse(256),
        limits.get("requestTimeout", TIMEOUT).orElse(Duration.ofMinutes(1)),
        server.get("clientTimeout", TIMEOUT).orElse(DEFAULT_TIMEOUT),
        server
            .get("drainTimeout", Values.duration(Duration.ZERO, Duration.ofHours(1)))
            .orElse(DEFAULT_TIMEOUT),
        allowedOrigins);
  }

  private Namespaces namespaces(Section root, Section limits, int maxDecodedSize) {
    long cacheSize =
        limits
            .get("cacheSize", Values.size(0, Long.MAX_VALUE))
            .orElse(Runtime.getRuntime().maxMemory() / 8);
    return Namespaces.read(root, clients, maxDecodedSize, cacheSize, listener);
  }

  private static Optional<TlsKeys> tls(Section section) {
    ConfigFile file = section.file();
    if (!section.isPresent()) {
      return Optional.empty();
    }
    Optional<Path> certificate =
        section.require("certificate", "a PEM file with the certificate chain", file::resolve);
    Optional<Path> key =
        section.require("key", "a PEM file with the private key in PKCS #8", file::resolve);
    if (certificate.isEmpty() || key.isEmpty()) {
      return Optional.empty();
    }
    try {
      TlsKeys keys = TlsKeys.load(file.watch(certificate.get()), file.watch(key.get()));
      if (keys.expiry().isBefore(Instant.now())) {
        file.warn("The certificate of server.tls expired at " + keys.expiry());
      }
      return Optional.of(keys);
    } catch (IllegalArgumentException e) {
      section.addProblem("certificate", "can't be used: " + e.getMessage());
      return Optional.empty();
    }
  }
}
