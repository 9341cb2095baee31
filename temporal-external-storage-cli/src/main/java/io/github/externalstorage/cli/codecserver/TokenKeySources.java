package io.github.externalstorage.cli.codecserver;

import com.google.common.net.InetAddresses;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.ParseException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The issuers' keys. Those that were fetched survive a reload. Thread-safe. */
final class TokenKeySources {

  private final Map<URI, TokenKeys> fetched = new ConcurrentHashMap<>();

  /**
   * The keys at a URL, or in a file.
   *
   * @throws IllegalArgumentException if there can be none; those at a URL need not be there yet
   */
  JWKSource<SecurityContext> get(String urlOrFile, ConfigurationFile file, FileWatch files) {
    return urlOrFile.startsWith("https:") || urlOrFile.startsWith("http:")
        ? fetched.computeIfAbsent(requireSafe(Values.httpUrl(urlOrFile)), TokenKeys::fetchedFrom)
        : read(files.watch(file.resolve(urlOrFile)));
  }

  /** The URLs where no keys can be had. Fetches those that no token has needed yet. */
  List<URI> unavailable() {
    return fetched.entrySet().stream()
        .filter(entry -> !entry.getValue().arePresent())
        .map(Map.Entry::getKey)
        .toList();
  }

  /** Whoever is on the way could exchange keys that come over plain HTTP. */
  private static URI requireSafe(URI uri) {
    boolean here =
        uri.getHost().equals("localhost")
            || (InetAddresses.isUriInetAddress(uri.getHost())
                && InetAddresses.forUriString(uri.getHost()).isLoopbackAddress());
    if (!here && !uri.getScheme().equals("https")) {
      throw new IllegalArgumentException("must begin with https:// if it is of another machine");
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
      throw new IllegalArgumentException("the file " + Unreadable.because(e), e);
    } catch (ParseException e) {
      // Said below, without what the file holds.
    }
    throw new IllegalArgumentException("must be a JWK Set (RFC 7517) with public keys");
  }
}
