package io.github.externalstorage.benchmarks.proxy;

import java.util.Map;
import java.util.TreeMap;

/** Counts requests and bytes. Thread-safe. */
final class Traffic {

  private Map<String, Integer> requests = new TreeMap<>();
  private long sent;
  private long received;

  synchronized void request(String method) {
    requests.merge(method, 1, Integer::sum);
  }

  synchronized void sent(int bytes) {
    sent += bytes;
  }

  synchronized void received(int bytes) {
    received += bytes;
  }

  /** Returns the counts since the last call. */
  synchronized Counts take() {
    Counts counts = new Counts(requests, sent, received);
    requests = new TreeMap<>();
    sent = 0;
    received = 0;
    return counts;
  }

  /**
   * Requests by method, and the bytes on the wire.
   *
   * @param sent by clients
   * @param received by clients
   */
  record Counts(Map<String, Integer> requests, long sent, long received) {}
}
