package io.github.externalstorage.s3;

import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Decides which requests of a driver have stalled. What a request has handed over may still be in
 * the buffers of the kernel or of a proxy, on a link that it shares with all others. So it may take
 * as long as everything that is unanswered needs at {@link #SLOWEST_LINK}, and the stall timeout
 * more. Only if it is overtaken, which is when requests that began after its last progress were
 * answered and moved more than its fair share of the link, the stall timeout alone must do. Waiting
 * for a connection never counts. Times are as of {@link System#nanoTime()}. Thread-safe.
 */
final class TransferPace {

  /** Bytes a second that all requests share: 2 Mbit/s. */
  static final int SLOWEST_LINK = 256 * 1024;

  private static final long NANOS_PER_BYTE = TimeUnit.SECONDS.toNanos(1) / SLOWEST_LINK;

  /** What a request counts beside its bytes. */
  private static final int REQUEST_COST = 64 * 1024;

  /** How large an answer is taken to be until it begins: a proxy may pass it on only as a whole. */
  private static final int EXPECTED_ANSWER = 448 * 1024;

  private final long stallTimeout;
  private final Set<Transfer> underWay = new LinkedHashSet<>();

  private long lastMovement;

  /** Bytes that were handed to the network by requests under way. */
  private long unanswered;

  /** Requests that are seen to have a connection, now and at most. */
  private int connections;

  private int mostConnections;

  /** The time that each request under way has had the link for itself, on average. */
  private long linkTime;

  private long linkTimeAsOf;

  /**
   * @param stallTimeout positive
   */
  TransferPace(Duration stallTimeout, long now) {
    // Unlike toNanos it takes 300 years and more for the longest time there is.
    this.stallTimeout = Math.min(TimeUnit.NANOSECONDS.convert(stallTimeout), Long.MAX_VALUE / 4);
    lastMovement = now;
    linkTimeAsOf = now;
  }

  synchronized Transfer begin(Transfer.Kind kind, long now) {
    advanceLinkTime(now);
    Transfer transfer = new Transfer(kind, now);
    underWay.add(transfer);
    connectDownloads(now);
    return transfer;
  }

  /** The client has taken the request, for which it may have had to load and set up much. */
  synchronized void made(Transfer transfer, long now) {
    if (!transfer.isSeen) {
      transfer.lastProgress = now;
    }
  }

  /** An upload has its connection; should its body be sent anew, it begins anew. */
  synchronized void connected(Transfer upload, long now) {
    if (underWay.contains(upload)) {
      see(upload, now);
      unanswered -= upload.sent;
      upload.sent = 0;
      upload.bytes = 0;
      moved(upload, now);
    }
  }

  synchronized void sent(Transfer upload, int bytes, long now) {
    if (underWay.contains(upload)) {
      upload.sent += bytes;
      upload.bytes += bytes;
      unanswered += bytes;
      moved(upload, now);
    }
  }

  /** A part of an answer arrives; its head counts no bytes. */
  synchronized void received(Transfer download, int bytes, long now) {
    if (underWay.contains(download)) {
      see(download, now);
      download.bytes += bytes;
      moved(download, now);
    }
  }

  /** An answer has come to its end. */
  synchronized void answered(Transfer transfer, long now) {
    if (!underWay.contains(transfer)) {
      return;
    }
    lastMovement = now;
    for (Transfer other : underWay) {
      if (other != transfer && transfer.begin - other.lastProgress >= 0) {
        other.passedBy += REQUEST_COST + transfer.bytes;
        if (other.passedBy >= (REQUEST_COST + other.sent) * underWay.size()) {
          overtaken(other, now);
        }
      }
    }
    end(transfer, now);
  }

  /** The request is over, one way or other. */
  synchronized void end(Transfer transfer, long now) {
    advanceLinkTime(now);
    if (underWay.remove(transfer)) {
      unanswered -= transfer.sent;
      connections -= transfer.isSeen ? 1 : 0;
      connectDownloads(now);
    }
  }

  /** Whether any other request has got on since this one began. */
  synchronized boolean othersMoved(Transfer transfer) {
    return lastMovement - transfer.begin > 0;
  }

  /** In how many nanoseconds the request is to be given up if nothing happens; 0 or less: now. */
  synchronized long nanosLeft(Transfer transfer, long now) {
    advanceLinkTime(now);
    if (!transfer.isConnected) {
      // Those that upload are seen to be connected. Others may wait, but not if nothing moves.
      return transfer.kind == Transfer.Kind.UPLOAD
          ? Long.MAX_VALUE
          : allowance(transfer) - (now - latest(lastMovement, transfer.lastProgress));
    }
    long standstill = now - transfer.lastProgress;
    long lag = transfer.isSeen ? linkTime - transfer.seenAt - transfer.bytes * NANOS_PER_BYTE : 0;
    return allowance(transfer) - Math.max(standstill, lag);
  }

  private long allowance(Transfer transfer) {
    if (transfer.isOvertaken) {
      return stallTimeout;
    }
    boolean isExpected = transfer.kind == Transfer.Kind.DOWNLOAD && !transfer.isSeen;
    return stallTimeout + (unanswered + (isExpected ? EXPECTED_ANSWER : 0)) * NANOS_PER_BYTE;
  }

  private void moved(Transfer transfer, long now) {
    lastMovement = now;
    transfer.lastProgress = now;
    transfer.passedBy = 0;
    transfer.isOvertaken = false;
  }

  private void overtaken(Transfer transfer, long now) {
    if (transfer.kind == Transfer.Kind.DOWNLOAD) {
      connect(transfer, now);
    }
    transfer.isOvertaken = transfer.isConnected;
  }

  /**
   * A client doesn't tell when a download gets its connection. It has one if no more requests are
   * under way than were seen to have one at the same time, or if it is overtaken, since connections
   * are given in order.
   */
  private void connectDownloads(long now) {
    if (underWay.size() <= mostConnections) {
      for (Transfer transfer : underWay) {
        if (transfer.kind == Transfer.Kind.DOWNLOAD) {
          connect(transfer, now);
        }
      }
    }
  }

  private static void connect(Transfer transfer, long now) {
    if (!transfer.isConnected) {
      transfer.isConnected = true;
      transfer.lastProgress = now;
    }
  }

  private void see(Transfer transfer, long now) {
    connect(transfer, now);
    if (!transfer.isSeen) {
      advanceLinkTime(now);
      transfer.isSeen = true;
      transfer.seenAt = linkTime;
      connections++;
      mostConnections = Math.max(mostConnections, connections);
    }
  }

  private void advanceLinkTime(long now) {
    if (!underWay.isEmpty()) {
      linkTime += (now - linkTimeAsOf) / underWay.size();
    }
    linkTimeAsOf = now;
  }

  private static long latest(long one, long other) {
    return one - other > 0 ? one : other;
  }
}
