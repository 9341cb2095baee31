package io.github.externalstorage.cli.auth;

import com.google.common.net.InetAddresses;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKMatcher;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.jwk.source.RateLimitReachedException;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import io.github.externalstorage.cli.config.ConfigFile;
import io.github.externalstorage.cli.config.Values;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.ParseException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The keys of token issuers, JWK Sets (RFC 7517). One at a URL is fetched when a token needs it. It
 * is cached for 5 minutes, also when the configuration is reloaded; fetched again for a key that is
 * not in it, at a limited rate; and used for 4 hours if it can't be fetched. Thread-safe.
 */
public final class TokenKeys {

  private static final int TIMEOUT_MILLIS = 5_000;
  private static final int MAX_SIZE = 1 << 20;
  private static final Duration CACHED = Duration.ofMinutes(5);
  private static final Duration CACHED_DURING_OUTAGE = Duration.ofHours(4);
  private static final Duration MAX_WAIT_FOR_OTHER_FETCH = Duration.ofSeconds(15);

  /** Two fetches in this time, so that a key that has just been changed is found. */
  private static final Duration FETCH_INTERVAL = Duration.ofSeconds(30);

  private static final JWKSelector ALL = new JWKSelector(new JWKMatcher.Builder().build());

  private final Map<URI, JWKSource<SecurityContext>> fetched = new ConcurrentHashMap<>();

  /** The URLs from which keys can't be fetched now. Fetches keys that no token has needed yet. */
  public List<URI> unavailable() {
    return fetched.entrySet().stream()
        .filter(entry -> !areAvailable(entry.getValue()))
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
    if (!urlOrFile.startsWith("https:") && !urlOrFile.startsWith("http:")) {
      return read(config.watch(config.resolve(urlOrFile)));
    }
    JWKSource<SecurityContext> keys =
        fetched.computeIfAbsent(requireSafe(Values.httpUrl(urlOrFile)), TokenKeys::fetch);
    return (selector, context) -> find(keys, selector);
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

  private static JWKSource<SecurityContext> fetch(URI uri) {
    try {
      return JWKSourceBuilder.create(
              uri.toURL(), new DefaultResourceRetriever(TIMEOUT_MILLIS, TIMEOUT_MILLIS, MAX_SIZE))
          .cache(CACHED.toMillis(), MAX_WAIT_FOR_OTHER_FETCH.toMillis())
          .refreshAheadCache(false)
          .rateLimited(FETCH_INTERVAL.toMillis())
          .retrying(true)
          .outageTolerant(CACHED_DURING_OUTAGE.toMillis())
          .build();
    } catch (MalformedURLException e) {
      throw new IllegalArgumentException(e);
    }
  }

  private static List<JWK> find(JWKSource<SecurityContext> keys, JWKSelector selector)
      throws KeySourceException {
    try {
      return keys.get(selector, null);
    } catch (RateLimitReachedException e) {
      if (areAvailable(keys)) {
        // The fetched keys do not include this key.
        return List.of();
      }
      throw e;
    }
  }

  /** Whether there are keys now; fetches them if need be. */
  private static boolean areAvailable(JWKSource<SecurityContext> keys) {
    try {
      return !keys.get(ALL, null).isEmpty();
    } catch (KeySourceException e) {
      return false;
    }
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
