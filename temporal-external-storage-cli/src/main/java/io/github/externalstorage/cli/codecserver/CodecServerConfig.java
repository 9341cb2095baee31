package io.github.externalstorage.cli.codecserver;

import io.github.externalstorage.cli.config.ConfigFile;
import io.github.externalstorage.codec.http.CodecHandler;
import io.github.externalstorage.codec.http.spi.CodecAuthenticator;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * The codec server's configuration.
 *
 * @param file the file that it was read from
 * @param namespaces reloaded when the file changes, as are the authenticator and TLS
 * @param authenticator empty for no authentication
 * @param tls the server's certificate and key; empty for plain HTTP
 * @param server where and how the server listens
 * @param handler the handler's settings, without the parts that can be reloaded
 * @param allowedHosts host names that are served on loopback
 * @param metrics where the metrics are; empty for none
 * @param reloadInterval how often the files are checked for changes
 */
record CodecServerConfig(
    ConfigFile file,
    Namespaces namespaces,
    Optional<CodecAuthenticator> authenticator,
    Optional<TlsKeys> tls,
    ServerOptions server,
    CodecHandler.Builder handler,
    Set<String> allowedHosts,
    Optional<Address> metrics,
    Duration reloadInterval) {

  private static final Pattern RELOADABLE =
      Pattern.compile("(namespaces|storage|jwt|server\\.tls)\\..*");

  /** Whether a running server can change to another configuration. */
  boolean canBecome(CodecServerConfig other) {
    return authenticator.isPresent() == other.authenticator.isPresent()
        && tls.isPresent() == other.tls.isPresent();
  }

  /** The settings that differ in another configuration and need a restart. */
  Set<String> differencesThatNeedRestart(CodecServerConfig other) {
    Set<String> paths = new TreeSet<>(file.values().keySet());
    paths.addAll(other.file.values().keySet());
    paths.removeIf(
        path ->
            RELOADABLE.matcher(path).matches()
                || file.values()
                    .getOrDefault(path, "")
                    .equals(other.file.values().getOrDefault(path, "")));
    return paths;
  }
}
