package io.github.externalstorage.lifecycle.check;

import com.google.protobuf.ByteString;
import io.github.externalstorage.lifecycle.PayloadLocation.Kind;
import io.github.externalstorage.lifecycle.internal.temporal.LocatedPayload;
import io.github.externalstorage.lifecycle.internal.temporal.PayloadPages;
import io.github.externalstorage.lifecycle.internal.temporal.PayloadPages.Item;
import io.github.externalstorage.lifecycle.internal.temporal.TemporalServer;
import io.github.externalstorage.lifecycle.internal.temporal.TemporalServer.Page;
import io.github.externalstorage.lifecycle.internal.threads.SideBySide;
import io.grpc.StatusRuntimeException;
import java.util.List;

/**
 * Visits every payload that a Temporal server keeps for a namespace: those in the histories of all
 * runs, and those that histories lack. It reads one page of runs at a time, and several runs of it
 * side by side, so its memory does not depend on the number of runs.
 */
final class PayloadWalk {

  /** Called from several threads at once. */
  interface Visitor {

    /** Some payloads of one run, schedule, activity or operation. */
    void visit(List<LocatedPayload> payloads);

    /** All payloads of one of them were visited. */
    void visited(Kind kind);

    /** It was deleted after it was listed. */
    void vanished(Kind kind);

    /** This version of the server does not support it. */
    void unsupported(Kind kind);
  }

  private final TemporalServer server;
  private final PayloadPages pages;
  private final int concurrency;

  /**
   * @param concurrency how many runs are read side by side
   */
  PayloadWalk(TemporalServer server, int concurrency) {
    this.server = server;
    this.concurrency = concurrency;
    pages = new PayloadPages(server);
  }

  /**
   * Visits the payloads of a namespace.
   *
   * @param query a query of workflow runs in the syntax of visibility; empty for everything, also
   *     what does not belong to a workflow
   * @throws StatusRuntimeException if the server can't be read completely
   */
  void walk(String namespace, String query, Visitor visitor) {
    var unused = server.describeNamespace(namespace);
    try (SideBySide threads = new SideBySide(concurrency)) {
      List<Kind> kinds = query.isEmpty() ? List.of(Kind.values()) : List.of(Kind.WORKFLOW);
      for (Kind kind : kinds) {
        walk(namespace, kind, query, visitor, threads);
      }
    }
    // If it was deleted meanwhile, its runs seemed to vanish one by one.
    unused = server.describeNamespace(namespace);
  }

  /** Reads all pages, and the items of each side by side. */
  private void walk(
      String namespace, Kind kind, String query, Visitor visitor, SideBySide threads) {
    ByteString token = ByteString.EMPTY;
    do {
      Page<Item> page;
      try {
        page = pages.list(namespace, kind, query, token);
      } catch (StatusRuntimeException e) {
        if (kind != Kind.WORKFLOW && TemporalServer.isUnsupported(e)) {
          visitor.unsupported(kind);
          return;
        }
        throw e;
      }
      threads.each(page.items(), item -> read(item, visitor));
      token = page.next();
    } while (!token.isEmpty());
  }

  private static void read(Item item, Visitor visitor) {
    Kind kind = item.location().kind();
    try {
      var unused = item.read(visitor::visit);
    } catch (StatusRuntimeException e) {
      if (TemporalServer.isNotFound(e)) {
        visitor.vanished(kind);
        return;
      }
      throw e;
    }
    visitor.visited(kind);
  }
}
