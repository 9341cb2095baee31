package io.github.externalstorage.codec.http.internal.payloads;

import io.github.externalstorage.codec.http.internal.protocol.HttpErrorException;
import io.temporal.api.common.v1.Payload;

/** Adds up the sizes of the payloads in a response. */
final class ResponseSize {

  private final long limit;
  private final MemoryMeter memory;
  private long bytes;

  ResponseSize(long limit, MemoryMeter memory) {
    this.limit = limit;
    this.memory = memory;
  }

  /**
   * Counts a payload.
   *
   * @param held how much of its memory is accounted for already, in bytes
   * @throws HttpErrorException 413 if all together are too large
   */
  void add(Payload payload, long held) {
    int size = payload.getSerializedSize();
    bytes += size;
    if (bytes > limit) {
      throw new HttpErrorException(
          413,
          "The payloads have more than the %d bytes that a response may have".formatted(limit));
    }
    memory.add(Math.max(0, size - held));
  }
}
