package io.github.externalstorage.lifecycle.check;

import io.github.externalstorage.lifecycle.PayloadLocation.Kind;
import io.github.externalstorage.lifecycle.internal.temporal.Page;
import io.github.externalstorage.lifecycle.internal.temporal.PayloadPages;
import io.github.externalstorage.lifecycle.internal.temporal.PayloadPages.Item;
import io.github.externalstorage.lifecycle.internal.temporal.PayloadPages.Receiver;
import io.github.externalstorage.lifecycle.internal.temporal.TemporalServer;
import io.github.externalstorage.lifecycle.internal.threads.SideBySide;
import io.grpc.StatusRuntimeException;
import java.util.List;

/**
 * Visits every payload that a Temporal server keeps for a namespace: those in the histories of all
 * runs, and those that histories lack. It reads one page of runs at a time, and several runs of it
 * side by side, so its memory does not depend on the number of runs.
 */
final class PayloadWalk {

  private final TemporalServer server;
  private final PayloadPages pages;
  private final int concurrency;
  private final CheckReport report;

  /**
   * @param concurrency how many runs are read side by side
   * @param report receives what was read
   */
  PayloadWalk(TemporalServer server, int concurrency, CheckReport report) {
    this.server = server;
    this.concurrency = concurrency;
    this.report = report;
    pages = new PayloadPages(server);
  }

  /**
   * Visits the payloads of a namespace.
   *
   * @param query a query of workflow runs in the syntax of visibility; empty for everything, also
   *     what does not belong to a workflow
   * @param receiver is called from several threads at once
   * @throws StatusRuntimeException if the server can't be read completely
   */
  void walk(String namespace, String query, Receiver receiver) {
    var unused = server.describeNamespace(namespace);
    try (SideBySide threads = new SideBySide(concurrency)) {
      List<Kind> kinds = query.isEmpty() ? List.of(Kind.values()) : List.of(Kind.WORKFLOW);
      for (Kind kind : kinds) {
        for (List<Item> items :
            Page.<Item>all(
                token -> pages.list(namespace, kind, query, token, report::unsupported))) {
          threads.each(items, item -> read(item, receiver));
        }
      }
    }
    // If it was deleted meanwhile, its runs seemed to vanish one by one.
    unused = server.describeNamespace(namespace);
  }

  private void read(Item item, Receiver receiver) {
    try {
      var unused = item.read(receiver);
    } catch (StatusRuntimeException e) {
      if (TemporalServer.isNotFound(e)) {
        report.vanished();
        return;
      }
      throw e;
    }
    report.checked(item.location().kind());
  }
}
