package io.github.externalstorage.benchmarks.memory;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import io.github.externalstorage.benchmarks.Payloads;
import io.temporal.api.common.v1.Payload;

/** Creates payloads of one size, each with different content. */
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
   * Payloads that share all but their first bytes. Creating them takes almost no memory, so that
   * only the storage's own use of memory is measured.
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
