package io.github.externalstorage.lifecycle.plan;

import com.google.protobuf.ByteString;
import io.github.externalstorage.lifecycle.internal.temporal.TemporalServer;
import java.time.Duration;
import java.time.Instant;

/**
 * How long a namespace keeps closed runs: after the retention period was shortened, the server
 * keeps those that closed before as long as it was to keep them then.
 */
final class KeptRuns {

  /** The server deletes with a delay, and visibility lags behind. */
  private static final Duration DELAY = Duration.ofDays(2);

  private final TemporalServer server;
  private final String namespace;
  private final Instant now;

  KeptRuns(TemporalServer server, String namespace, Instant now) {
    this.server = server;
    this.namespace = namespace;
    this.now = now;
  }

  /** The retention period, or the age of the oldest closed run, rounded up, if that is longer. */
  Duration longest(Duration retention) {
    Duration exceeded = retention.plus(DELAY);
    if (!existsOlderThan(exceeded)) {
      return retention;
    }
    Duration limit = exceeded;
    do {
      exceeded = limit;
      limit = limit.multipliedBy(2);
    } while (existsOlderThan(limit));
    while (limit.minus(exceeded).compareTo(Duration.ofDays(1)) > 0) {
      Duration middle = exceeded.plus(limit.minus(exceeded).dividedBy(2));
      if (existsOlderThan(middle)) {
        exceeded = middle;
      } else {
        limit = middle;
      }
    }
    return limit;
  }

  private boolean existsOlderThan(Duration age) {
    String query = "CloseTime < '" + now.minus(age) + "'";
    return !server.runs(namespace, query, ByteString.EMPTY).items().isEmpty();
  }
}
