package io.github.externalstorage.cli.codecserver;

import io.github.externalstorage.codec.http.CodecAuthenticator;
import io.github.externalstorage.codec.http.CodecHandler;
import io.github.externalstorage.codec.http.CodecServer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Makes configurations from the file, as often as it changes. */
final class ConfigurationLoader {

  private static final Duration DEFAULT_RELOAD_INTERVAL = Duration.ofSeconds(10);
  private static final int DEFAULT_MAX_DECODED_SIZE = 256 << 20;

  private final ConfigurationFile file;
  private final CurrentConfiguration current;
  private final Metrics metrics;
  private final S3Clients clients;
  private final TokenKeySources keys;

  /**
   * @param current what the server will ask; the caller sets it
   */
  ConfigurationLoader(
      ConfigurationFile file,
      CurrentConfiguration current,
      Metrics metrics,
      S3Clients clients,
      TokenKeySources keys) {
    this.file = file;
    this.current = current;
    this.metrics = metrics;
    this.clients = clients;
    this.keys = keys;
  }

  /**
   * Reads the file and all that it names.
   *
   * @throws ConfigurationException if something is wrong
   */
  Configuration load() throws ConfigurationException {
    FileWatch files = new FileWatch();
    files.watch(file.path());
    Problems problems = new Problems(file.path());
    Section root = file.read(problems);
    Section jwt = root.section("jwt");
    Section server = root.section("server");
    Section tlsSection = server.section("tls");
    Optional<CodecAuthenticator> authenticator = TokenSettings.read(jwt, file, files, keys);
    Optional<TlsKeys> tls = tls(tlsSection, files, problems);
    Address address = Address.ofServer(server, file.variables().environment(), problems);
    boolean unauthenticated = server.isSet("unauthenticated");
    if (!jwt.isPresent() && !unauthenticated && !address.isLoopback()) {
      server.problem(
          "host",
          "lets other machines in, and nobody decides who may ask: configure jwt, or set"
              + " server.unauthenticated to true if something in front of the server decides");
    }
    Section limits = root.section("limits");
    Namespaces namespaces = namespaces(root, limits);
    CodecHandler.Builder handler =
        ServerSettings.readHandler(root, limits)
            .setNamespaces(current::find)
            .setListener(metrics.requests())
            .setAuthenticator(jwt.isPresent() ? current::authenticate : null);
    CodecServer.Builder builder =
        ServerSettings.readServer(server, handler.build())
            .setHost(address.host())
            .setPort(address.port())
            .setUnauthenticatedAllowed(unauthenticated);
    if (tlsSection.isPresent()) {
      builder.setSslContext(current::sslContext);
    }
    Optional<Address> metricsAddress = Address.ofMetrics(root.section("metrics"));
    Duration reloadInterval =
        root.get("reloadInterval", Values.duration(Duration.ofSeconds(1), Duration.ofHours(1)))
            .orElse(DEFAULT_RELOAD_INTERVAL);
    root.requireKnownNames();
    problems.throwIfAny();
    return new Configuration(
        namespaces,
        authenticator,
        tls,
        address,
        builder,
        metricsAddress,
        reloadInterval,
        files,
        fixed(root),
        problems.warnings());
  }

  private Namespaces namespaces(Section root, Section limits) {
    int maxDecodedSize =
        limits.get("maxDecodedSize", Values.sizeInMemory(1)).orElse(DEFAULT_MAX_DECODED_SIZE);
    long memorySize =
        limits
            .get("memorySize", Values.size(0, Long.MAX_VALUE))
            .orElse(Runtime.getRuntime().maxMemory() / 8);
    return new NamespacesReader(clients, new Codecs(maxDecodedSize), memorySize, metrics.storage())
        .read(root);
  }

  private Optional<TlsKeys> tls(Section section, FileWatch files, Problems problems) {
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
      TlsKeys keys = new TlsFiles(files.watch(certificate.get()), files.watch(key.get())).load();
      if (keys.expiry().isBefore(Instant.now())) {
        problems.warn("The certificate of server.tls ended at " + keys.expiry());
      }
      return Optional.of(keys);
    } catch (IllegalArgumentException e) {
      section.problem("certificate", "can't be used: " + e.getMessage());
      return Optional.empty();
    }
  }

  private static Map<String, String> fixed(Section root) {
    Map<String, String> fixed = new LinkedHashMap<>(root.texts());
    fixed.keySet().removeIf(path -> path.matches("(namespaces|storage|jwt|server\\.tls)(\\..*)?"));
    return fixed;
  }
}
