package io.github.externalstorage.s3;

/** How far a request has come, as {@link TransferPace} keeps it, whose lock guards it. */
final class Transfer {

  final Kind kind;

  /** When it was made. */
  final long begin;

  /** Nothing has happened since. */
  long lastProgress;

  /** It has a connection, as was seen or follows. */
  boolean isConnected;

  /** It was seen to have a connection, as of this link time. */
  boolean isSeen;

  long seenAt;

  /** Bytes that it has moved in the direction of its payload. */
  long bytes;

  /** Bytes that were handed to the network, and that no answer has acknowledged. */
  long sent;

  /** What requests moved that began after its last progress and were answered. */
  long passedBy;

  boolean isOvertaken;

  Transfer(Kind kind, long now) {
    this.kind = kind;
    begin = now;
    lastProgress = now;
  }

  /** The direction of the payload. */
  enum Kind {
    UPLOAD,
    DOWNLOAD
  }
}
