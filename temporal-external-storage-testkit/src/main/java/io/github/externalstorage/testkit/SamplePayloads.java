package io.github.externalstorage.testkit;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import io.temporal.api.common.v1.Payload;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** Payloads by size: incompressible, and the same in every run. */
final class SamplePayloads {

  /** What the data begins with where it is large enough; no error message may hold it. */
  static final String CONTENT = "confidential";

  private static final ByteString CONTENT_BYTES = ByteString.copyFromUtf8(CONTENT);
  private static final ByteString ENCODING = ByteString.copyFromUtf8("binary/plain");

  private SamplePayloads() {}

  static Payload ofDataSize(int bytes) {
    byte[] data = new byte[bytes];
    new SplittableRandom(bytes).nextBytes(data);
    if (bytes >= CONTENT_BYTES.size()) {
      CONTENT_BYTES.copyTo(data, 0);
    }
    return Payload.newBuilder()
        .putMetadata("encoding", ENCODING)
        .setData(UnsafeByteOperations.unsafeWrap(data))
        .build();
  }

  /** For sizes from 20,000 to 2,000,000, so that the data's length takes three bytes itself. */
  static Payload ofSerializedSize(int bytes) {
    return ofDataSize(2 * bytes - ofDataSize(bytes).getSerializedSize());
  }

  /** Different payloads of up to 64 KiB, the larger ones not last. */
  static List<Payload> batch(int count) {
    return IntStream.range(0, count).mapToObj(i -> ofDataSize(60_000 / (i + 1) + i)).toList();
  }
}
