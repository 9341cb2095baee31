package io.github.externalstorage.codec.http.internal.payloads;

import io.github.externalstorage.codec.http.internal.protocol.HttpErrorException;
import io.temporal.api.common.v1.Payload;

/** Adds up the sizes of a reply's payloads. */
public final class ReplySize {

  private final long limit;
  private final MemoryMeter memory;
  private long bytes;

  public ReplySize(long limit, MemoryMeter memory) {
    this.limit = limit;
    this.memory = memory;
  }

  /**
   * Counts a payload.
   *
   * @throws HttpErrorException 413 if all together are too large
   */
  void add(Payload payload) {
    int size = payload.getSerializedSize();
    bytes += size;
    if (bytes > limit) {
      throw new HttpErrorException(
          413, "The payloads have more than the %d bytes that a reply may have".formatted(limit));
    }
    memory.add(size);
  }
}
