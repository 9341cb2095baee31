package io.github.externalstorage.codec.http;

import io.temporal.api.common.v1.Payload;

/** Adds up what a request's payloads have become. */
final class DecodedSize {

  private final long limit;
  private final MemoryBudget.Share memory;
  private long bytes;

  DecodedSize(long limit, MemoryBudget.Share memory) {
    this.limit = limit;
    this.memory = memory;
  }

  /**
   * Counts a payload.
   *
   * @throws Refusal if it is one too many
   */
  void add(Payload payload) {
    int size = payload.getSerializedSize();
    bytes += size;
    if (bytes > limit) {
      throw new Refusal(
          413, "The payloads have more than the %d bytes that a reply may have".formatted(limit));
    }
    memory.add(size);
  }
}
