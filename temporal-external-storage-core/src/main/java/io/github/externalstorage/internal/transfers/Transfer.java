package io.github.externalstorage.internal.transfers;

/** The progress of a request. Guarded by the lock of {@link StallDetector}. */
public final class Transfer {

  final Kind kind;

  /** When the request was started. */
  final long begin;

  /** The time of the last progress. */
  long lastProgress;

  /** Whether the request has a connection, as observed or inferred. */
  boolean isConnected;

  /** Whether the connection was observed. */
  boolean isSeen;

  /** The link time when the connection was observed. */
  long seenAt;

  /** Bytes transferred in the direction of the payload. */
  long bytes;

  /** Bytes handed to the network that no response has acknowledged. */
  long sent;

  /**
   * What other requests transferred that started after the last progress and have been completed.
   */
  long passedBy;

  /** Whether later requests have transferred more than their fair share. */
  boolean isOvertaken;

  Transfer(Kind kind, long now) {
    this.kind = kind;
    begin = now;
    lastProgress = now;
  }

  /** The direction of the payload. */
  public enum Kind {
    UPLOAD,
    DOWNLOAD
  }
}
