package io.github.externalstorage.cli.auth;

import com.google.common.net.InetAddresses;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import io.github.externalstorage.cli.config.ConfigFile;
import io.github.externalstorage.cli.config.Values;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.ParseException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The keys of token issuers. Fetched keys are kept when the configuration is reloaded. Thread-safe.
 */
public final class TokenKeys {

  private final Map<URI, FetchedKeys> fetched = new ConcurrentHashMap<>();

  /** The URLs from which keys can't be fetched now. Fetches keys that no token has needed yet. */
  public List<URI> unavailable() {
    return fetched.entrySet().stream()
        .filter(entry -> !entry.getValue().areAvailable())
        .map(Map.Entry::getKey)
        .toList();
  }

  /**
   * The keys at a URL, or in a file.
   *
   * @throws IllegalArgumentException if the URL or the file can't be used; keys at a URL need not
   *     be available yet
   */
  JWKSource<SecurityContext> get(String urlOrFile, ConfigFile config) {
    return urlOrFile.startsWith("https:") || urlOrFile.startsWith("http:")
        ? fetched.computeIfAbsent(requireSafe(Values.httpUrl(urlOrFile)), FetchedKeys::of)
        : read(config.watch(config.resolve(urlOrFile)));
  }

  /** Keys that are fetched over plain HTTP could be replaced in transit. */
  private static URI requireSafe(URI uri) {
    boolean loopback =
        uri.getHost().equals("localhost")
            || (InetAddresses.isUriInetAddress(uri.getHost())
                && InetAddresses.forUriString(uri.getHost()).isLoopbackAddress());
    if (!loopback && !uri.getScheme().equals("https")) {
      throw new IllegalArgumentException("must begin with https:// if it is on another machine");
    }
    return uri;
  }

  private static JWKSource<SecurityContext> read(Path keys) {
    try {
      JWKSet set = JWKSet.parse(Files.readString(keys)).toPublicJWKSet();
      if (!set.isEmpty()) {
        return new ImmutableJWKSet<>(set);
      }
    } catch (IOException e) {
      throw new IllegalArgumentException("the file " + ConfigFile.reason(e), e);
    } catch (ParseException e) {
      // Reported below, without the content of the file.
    }
    throw new IllegalArgumentException("must be a JWK Set (RFC 7517) with public keys");
  }
}
