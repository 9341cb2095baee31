package io.github.externalstorage.cli.codecserver;

import io.github.externalstorage.cli.config.ConfigFile;
import io.github.externalstorage.cli.namespaces.Namespaces;
import io.github.externalstorage.codec.http.CodecHandler;
import io.github.externalstorage.codec.http.spi.CodecAuthenticator;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

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
    Optional<InetSocketAddress> metrics,
    Duration reloadInterval) {}
