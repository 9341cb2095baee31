package io.github.externalstorage.cli.auth;

import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKMatcher;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.jwk.source.RateLimitReachedException;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import java.net.MalformedURLException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The keys of an issuer, a JWK Set (RFC 7517) that is fetched when a token needs it. It is cached
 * for 5 minutes, fetched again for a key that is not in it, at a limited rate, and used for 4 hours
 * if it can't be fetched. Thread-safe.
 */
record FetchedKeys(JWKSource<SecurityContext> source) implements JWKSource<SecurityContext> {

  private static final int TIMEOUT_MILLIS = 5_000;
  private static final int MAX_SIZE = 1 << 20;
  private static final Duration CACHED = Duration.ofMinutes(5);
  private static final Duration CACHED_DURING_OUTAGE = Duration.ofHours(4);
  private static final Duration MAX_WAIT_FOR_OTHER_FETCH = Duration.ofSeconds(15);

  /** Two fetches in this time, so that a key that has just been changed is found. */
  private static final Duration FETCH_INTERVAL = Duration.ofSeconds(30);

  private static final JWKSelector ALL = new JWKSelector(new JWKMatcher.Builder().build());

  static FetchedKeys of(URI uri) {
    try {
      return new FetchedKeys(
          JWKSourceBuilder.create(
                  uri.toURL(),
                  new DefaultResourceRetriever(TIMEOUT_MILLIS, TIMEOUT_MILLIS, MAX_SIZE))
              .cache(CACHED.toMillis(), MAX_WAIT_FOR_OTHER_FETCH.toMillis())
              .refreshAheadCache(false)
              .rateLimited(FETCH_INTERVAL.toMillis())
              .retrying(true)
              .outageTolerant(CACHED_DURING_OUTAGE.toMillis())
              .build());
    } catch (MalformedURLException e) {
      throw new IllegalArgumentException(e);
    }
  }

  /** Whether there are keys now; fetches them if need be. */
  boolean areAvailable() {
    try {
      return !source.get(ALL, null).isEmpty();
    } catch (KeySourceException e) {
      return false;
    }
  }

  @Override
  public List<JWK> get(JWKSelector selector, @Nullable SecurityContext context)
      throws KeySourceException {
    try {
      return source.get(selector, context);
    } catch (RateLimitReachedException e) {
      if (areAvailable()) {
        // The fetched keys do not include this key.
        return List.of();
      }
      throw e;
    }
  }
}
