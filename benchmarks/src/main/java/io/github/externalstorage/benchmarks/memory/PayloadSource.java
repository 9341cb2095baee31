package io.github.externalstorage.benchmarks.memory;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import io.github.externalstorage.benchmarks.Payloads;
import io.temporal.api.common.v1.Payload;

/** Where payloads of one size come from, each with another content. */
@FunctionalInterface
interface PayloadSource {

  Payload create(long seed);

  static PayloadSource of(String kind, int size) {
    return switch (kind) {
      case "own" -> seed -> Payloads.random(seed, size);
      case "shared" -> sharing(size);
      default -> throw new IllegalArgumentException(kind);
    };
  }

  /**
   * Payloads that share all but their first bytes. Creating them takes no memory, however many
   * there are at once; what takes memory is what a storage does with them.
   */
  private static PayloadSource sharing(int size) {
    int own = 1024;
    ByteString shared = UnsafeByteOperations.unsafeWrap(new byte[size - own]);
    return seed -> {
      Payload head = Payloads.random(seed, own);
      return head.toBuilder().setData(head.getData().concat(shared)).build();
    };
  }
}
