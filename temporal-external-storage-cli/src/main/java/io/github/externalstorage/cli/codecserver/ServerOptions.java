package io.github.externalstorage.cli.codecserver;

import java.time.Duration;

/**
 * Where and how the server listens.
 *
 * @param maxConnections how many connections are open at once
 * @param maxConcurrentRequests how many requests are processed at once
 * @param maxQueuedRequests how many more wait, before further ones are answered 503
 * @param requestTimeout how long a request may wait before it is answered 503
 * @param clientTimeout how long a connection may be idle
 * @param drainTimeout how long requests in progress may take when the server stops
 */
record ServerOptions(
    Address address,
    int maxConnections,
    int maxConcurrentRequests,
    int maxQueuedRequests,
    Duration requestTimeout,
    Duration clientTimeout,
    Duration drainTimeout) {}
