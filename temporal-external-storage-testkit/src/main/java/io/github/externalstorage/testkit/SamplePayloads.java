package io.github.externalstorage.testkit;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnknownFieldSet;
import com.google.protobuf.UnsafeByteOperations;
import io.temporal.api.common.v1.Payload;
import io.temporal.api.common.v1.Payload.ExternalPayloadDetails;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Payloads by size: incompressible, and the same in every run. */
final class SamplePayloads {

  /** The beginning of the data, if the data is large enough. No error message may contain it. */
  static final String CONTENT = "confidential";

  private static final ByteString CONTENT_BYTES = ByteString.copyFromUtf8(CONTENT);
  private static final ByteString ENCODING = ByteString.copyFromUtf8("binary/plain");

  private SamplePayloads() {}

  static Payload ofDataSize(int bytes) {
    byte[] data = random(bytes);
    if (bytes >= CONTENT_BYTES.size()) {
      CONTENT_BYTES.copyTo(data, 0);
    }
    return Payload.newBuilder()
        .putMetadata("encoding", ENCODING)
        .setData(UnsafeByteOperations.unsafeWrap(data))
        .build();
  }

  private static byte[] random(int size) {
    byte[] bytes = new byte[size];
    new SplittableRandom(size).nextBytes(bytes);
    return bytes;
  }

  /**
   * Supports sizes from 20,000 to 2,000,000, where the encoded length of the data takes three
   * bytes.
   */
  static Payload ofSerializedSize(int bytes) {
    return ofDataSize(2 * bytes - ofDataSize(bytes).getSerializedSize());
  }

  /**
   * Payloads whose data and metadata are in this kind of memory, with and without further fields.
   */
  static List<Payload> in(SampleBytes memory) {
    return IntStream.of(0, 1, 30, 40_000)
        .mapToObj(size -> memory.of(random(size)))
        .flatMap(
            bytes -> {
              Payload.Builder payload =
                  Payload.newBuilder()
                      .putMetadata("encoding", memory.of(ENCODING.toByteArray()))
                      .putMetadata("bytes", memory.of(random(20)))
                      .setData(bytes);
              return Stream.of(
                  Payload.newBuilder().setData(bytes).build(),
                  payload.build(),
                  payload
                      .clone()
                      .addExternalPayloads(ExternalPayloadDetails.newBuilder().setSizeBytes(1))
                      .build(),
                  payload
                      .clone()
                      .addExternalPayloads(ExternalPayloadDetails.newBuilder().setSizeBytes(1))
                      .setUnknownFields(
                          UnknownFieldSet.newBuilder()
                              .mergeLengthDelimitedField(1000, memory.of(random(25)))
                              .build())
                      .build());
            })
        .toList();
  }

  /** Different payloads of up to 64 KiB, the larger ones not last. */
  static List<Payload> batch(int count) {
    return IntStream.range(0, count).mapToObj(i -> ofDataSize(60_000 / (i + 1) + i)).toList();
  }
}
