package io.github.externalstorage.cli.codecserver;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Set;

/**
 * Where and how the server listens.
 *
 * @param maxConnections how many connections are open at once
 * @param maxConcurrentRequests how many requests are processed at once
 * @param maxQueuedRequests how many more may wait; further ones get status 503
 * @param requestTimeout how long a request may wait before it gets status 503
 * @param clientTimeout how long a connection may be idle, or be without a request
 * @param drainTimeout how long requests in progress may take when the server stops
 * @param allowedOrigins the web pages that may read responses of the server itself, such as 503
 */
record ServerOptions(
    InetSocketAddress address,
    int maxConnections,
    int maxConcurrentRequests,
    int maxQueuedRequests,
    Duration requestTimeout,
    Duration clientTimeout,
    Duration drainTimeout,
    Set<String> allowedOrigins) {

  private static final int MIN_ACTIVE_REQUESTS = 64;

  /** How many requests have a thread at once: as many wait for their clients as are processed. */
  int maxActiveRequests() {
    return Math.max(MIN_ACTIVE_REQUESTS, 2 * maxConcurrentRequests);
  }

  /** How many clients may be waited for at once, so that others always get a thread. */
  int maxConcurrentTransfers() {
    return maxActiveRequests() - maxActiveRequests() / 8;
  }
}
