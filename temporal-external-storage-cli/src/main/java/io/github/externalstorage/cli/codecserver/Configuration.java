package io.github.externalstorage.cli.codecserver;

import io.github.externalstorage.codec.http.CodecAuthenticator;
import io.github.externalstorage.codec.http.CodecServer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * What the configuration means.
 *
 * @param namespaces taken anew when the file changes, as are the authenticator and TLS
 * @param authenticator who lets callers in; empty if nobody has to
 * @param tls the server's certificate and key; empty for plain HTTP
 * @param address where the server listens
 * @param server everything else of the server
 * @param metrics where the metrics are; empty if nowhere
 * @param reloadInterval how often the files are looked at
 * @param files the files that this was made from
 * @param fixed what stands in the file of all that needs a restart, by path
 * @param warnings what is not wrong, but may not be meant
 */
record Configuration(
    Namespaces namespaces,
    Optional<CodecAuthenticator> authenticator,
    Optional<TlsKeys> tls,
    Address address,
    CodecServer.Builder server,
    Optional<Address> metrics,
    Duration reloadInterval,
    FileWatch files,
    Map<String, String> fixed,
    List<String> warnings) {

  /** Whether the running server can go over to another one. */
  boolean canBecome(Configuration other) {
    return authenticator.isPresent() == other.authenticator.isPresent()
        && tls.isPresent() == other.tls.isPresent();
  }

  /** The settings that are different in another one, and need a restart. */
  TreeSet<String> fixedDifferences(Configuration other) {
    TreeSet<String> paths = new TreeSet<>(fixed.keySet());
    paths.addAll(other.fixed.keySet());
    paths.removeIf(path -> fixed.getOrDefault(path, "").equals(other.fixed.getOrDefault(path, "")));
    return paths;
  }
}
