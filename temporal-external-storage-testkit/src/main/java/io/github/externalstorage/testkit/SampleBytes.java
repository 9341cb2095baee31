package io.github.externalstorage.testkit;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnsafeByteOperations;
import io.github.externalstorage.driver.PayloadFormat;
import io.temporal.api.common.v1.Payload;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.function.Function;

/**
 * Bytes in different kinds of memory. Most are surrounded by other bytes, which a driver must not
 * store.
 */
enum SampleBytes {
  LITERAL(ByteString::copyFrom),
  SUBSTRING(content -> inner(ByteString.copyFrom(amongOthers(content)), content)),
  /** Two concatenated halves, each of which is a view itself. */
  ROPE(
      content -> {
        int half = content.length / 2;
        return SUBSTRING
            .of(Arrays.copyOf(content, half))
            .concat(SUBSTRING.of(Arrays.copyOfRange(content, half, content.length)));
      }),
  SUBSTRING_OF_A_ROPE(content -> inner(ROPE.of(amongOthers(content)), content)),
  WRAPPED_ARRAY(
      content ->
          UnsafeByteOperations.unsafeWrap(
              amongOthers(content), SampleBytes.BEFORE, content.length)),
  HEAP_BUFFER(content -> UnsafeByteOperations.unsafeWrap(buffer(content))),
  READ_ONLY_BUFFER(content -> UnsafeByteOperations.unsafeWrap(buffer(content).asReadOnlyBuffer())),
  /** The buffer starts at an offset in its array. */
  SLICED_BUFFER(content -> UnsafeByteOperations.unsafeWrap(buffer(content).slice())),
  DIRECT_BUFFER(
      content -> {
        byte[] all = amongOthers(content);
        ByteBuffer buffer = ByteBuffer.allocateDirect(all.length).put(all);
        buffer.position(SampleBytes.BEFORE).limit(SampleBytes.BEFORE + content.length);
        return UnsafeByteOperations.unsafeWrap(buffer);
      }),
  SUBSTRING_OF_A_DIRECT_BUFFER(content -> inner(DIRECT_BUFFER.of(amongOthers(content)), content)),
  /** A view of the message that was parsed, as in payloads that drivers retrieve. */
  PARSED_AS_A_VIEW(
      content -> {
        Payload payload =
            Payload.newBuilder()
                .putMetadata("encoding", ByteString.copyFromUtf8("binary/plain"))
                .setData(ByteString.copyFrom(content))
                .build();
        try {
          return PayloadFormat.parse(payload.toByteString()).getData();
        } catch (InvalidProtocolBufferException e) {
          throw new UncheckedIOException(e);
        }
      });

  private static final int BEFORE = 11;
  private static final int AFTER = 7;

  @SuppressWarnings("ImmutableEnumChecker") // The functions have no state.
  private final Function<byte[], ByteString> memory;

  SampleBytes(Function<byte[], ByteString> memory) {
    this.memory = memory;
  }

  /** Returns the content in this kind of memory. */
  ByteString of(byte[] content) {
    return memory.apply(content);
  }

  private static byte[] amongOthers(byte[] content) {
    byte[] all = new byte[BEFORE + content.length + AFTER];
    Arrays.fill(all, (byte) '#');
    System.arraycopy(content, 0, all, BEFORE, content.length);
    return all;
  }

  private static ByteBuffer buffer(byte[] content) {
    return ByteBuffer.wrap(amongOthers(content), BEFORE, content.length);
  }

  /** The content again, without the other bytes. */
  private static ByteString inner(ByteString all, byte[] content) {
    return all.substring(BEFORE, BEFORE + content.length);
  }
}
