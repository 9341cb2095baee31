package io.github.externalstorage.benchmarks;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import io.temporal.api.common.v1.Payload;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/** Incompressible payloads of random bytes; the same for the same seed. */
public final class Payloads {

  private static final ByteString ENCODING = ByteString.copyFromUtf8("binary/plain");

  private Payloads() {}

  /** Returns payloads that differ from each other and from those of other seeds. */
  public static List<Payload> random(long seed, int count, int size) {
    return IntStream.range(0, count).mapToObj(i -> random(seed * 1_000_003 + i, size)).toList();
  }

  /** One payload. */
  public static Payload random(long seed, int size) {
    byte[] data = new byte[size];
    new Random(seed).nextBytes(data);
    return Payload.newBuilder()
        .putMetadata("encoding", ENCODING)
        .setData(UnsafeByteOperations.unsafeWrap(data))
        .build();
  }
}
