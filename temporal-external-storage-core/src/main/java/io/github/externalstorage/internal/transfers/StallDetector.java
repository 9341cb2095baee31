package io.github.externalstorage.internal.transfers;

import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Decides which requests of a driver have stalled. Data that a request has sent may still be in the
 * buffers of the kernel or of a proxy, on a link that all requests share. So a request may take the
 * stall timeout plus the time that all unacknowledged data needs at {@link #SLOWEST_LINK}. Once a
 * request is overtaken, only the stall timeout applies: that is when requests that started after
 * its last progress have been completed and have transferred more than their fair share of the
 * link. Time spent waiting for a connection never counts. Times are values of {@link
 * System#nanoTime()}. Thread-safe.
 */
public final class StallDetector {

  /**
   * The slowest link that is supported, in bytes per second for all requests together: 2 Mbit/s.
   */
  static final int SLOWEST_LINK = 256 * 1024;

  private static final long NANOS_PER_BYTE = TimeUnit.SECONDS.toNanos(1) / SLOWEST_LINK;

  /** The overhead of a request, in bytes, that is added to the size of its payload. */
  private static final int REQUEST_COST = 64 * 1024;

  /**
   * The assumed size of a response that has not started, in bytes. A proxy may buffer a whole
   * response before it passes it on.
   */
  private static final int EXPECTED_RESPONSE = 448 * 1024;

  private final long stallTimeout;
  private final Set<Transfer> active = new LinkedHashSet<>();

  private long lastMovement;

  /** Bytes that active requests have handed to the network. */
  private long unacknowledged;

  /** The number of active requests whose connection was observed. */
  private int connections;

  /** The highest value of {@link #connections} so far. */
  private int mostConnections;

  /** The accumulated time that each active request would have had the link to itself. */
  private long linkTime;

  private long linkTimeAsOf;

  /**
   * @param stallTimeout positive
   */
  public StallDetector(Duration stallTimeout, long now) {
    // Unlike toNanos, this does not overflow.
    this.stallTimeout = Math.min(TimeUnit.NANOSECONDS.convert(stallTimeout), Long.MAX_VALUE / 4);
    lastMovement = now;
    linkTimeAsOf = now;
  }

  synchronized Transfer begin(Transfer.Kind kind, long now) {
    advanceLinkTime(now);
    Transfer transfer = new Transfer(kind, now);
    active.add(transfer);
    connectDownloads(now);
    return transfer;
  }

  /** The client has accepted the request, which can take long if it first has to load classes. */
  synchronized void accepted(Transfer transfer, long now) {
    if (!transfer.isSeen) {
      transfer.lastProgress = now;
    }
  }

  /** An upload has got its connection. If its body is sent again, counting starts again. */
  synchronized void connected(Transfer upload, long now) {
    if (active.contains(upload)) {
      see(upload, now);
      unacknowledged -= upload.sent;
      upload.sent = 0;
      upload.bytes = 0;
      moved(upload, now);
    }
  }

  synchronized void sent(Transfer upload, int bytes, long now) {
    if (active.contains(upload)) {
      upload.sent += bytes;
      upload.bytes += bytes;
      unacknowledged += bytes;
      moved(upload, now);
    }
  }

  /** A part of a response has arrived; the headers count as 0 bytes. */
  synchronized void received(Transfer download, int bytes, long now) {
    if (active.contains(download)) {
      see(download, now);
      download.bytes += bytes;
      moved(download, now);
    }
  }

  /** A response is complete. */
  synchronized void completed(Transfer transfer, long now) {
    if (!active.contains(transfer)) {
      return;
    }
    lastMovement = now;
    for (Transfer other : active) {
      if (other != transfer && transfer.begin - other.lastProgress >= 0) {
        other.passedBy += REQUEST_COST + transfer.bytes;
        if (other.passedBy >= (REQUEST_COST + other.sent) * active.size()) {
          overtaken(other, now);
        }
      }
    }
    end(transfer, now);
  }

  /** The request has ended, successfully or not. */
  synchronized void end(Transfer transfer, long now) {
    advanceLinkTime(now);
    if (active.remove(transfer)) {
      unacknowledged -= transfer.sent;
      connections -= transfer.isSeen ? 1 : 0;
      connectDownloads(now);
    }
  }

  /** Whether any other request has made progress since this one started. */
  synchronized boolean othersProgressed(Transfer transfer) {
    return lastMovement - transfer.begin > 0;
  }

  /**
   * Returns the nanoseconds after which the request must be aborted if nothing happens; 0 or less
   * means now.
   */
  synchronized long nanosLeft(Transfer transfer, long now) {
    advanceLinkTime(now);
    if (!transfer.isConnected) {
      // The connection of an upload is observed. A download may wait, unless all requests stall.
      return transfer.kind == Transfer.Kind.UPLOAD
          ? Long.MAX_VALUE
          : allowance(transfer) - (now - latest(lastMovement, transfer.lastProgress));
    }
    long idleTime = now - transfer.lastProgress;
    long lag = transfer.isSeen ? linkTime - transfer.seenAt - transfer.bytes * NANOS_PER_BYTE : 0;
    return allowance(transfer) - Math.max(idleTime, lag);
  }

  private long allowance(Transfer transfer) {
    if (transfer.isOvertaken) {
      return stallTimeout;
    }
    boolean isExpected = transfer.kind == Transfer.Kind.DOWNLOAD && !transfer.isSeen;
    return stallTimeout + (unacknowledged + (isExpected ? EXPECTED_RESPONSE : 0)) * NANOS_PER_BYTE;
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
   * A client doesn't report when a download gets its connection, so this is inferred. A download
   * has a connection if the number of active requests does not exceed the highest number of
   * connections observed so far, or if it is overtaken, since connections are assigned in order.
   */
  private void connectDownloads(long now) {
    if (active.size() <= mostConnections) {
      for (Transfer transfer : active) {
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
    if (!active.isEmpty()) {
      linkTime += (now - linkTimeAsOf) / active.size();
    }
    linkTimeAsOf = now;
  }

  private static long latest(long one, long other) {
    return one - other > 0 ? one : other;
  }
}
