package io.github.externalstorage.testkit;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.UnsafeByteOperations;
import io.temporal.api.common.v1.Payload;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Bytes in different kinds of memory. Most are surrounded by other bytes, which a driver must not
 * store.
 */
enum SampleBytes {
  LITERAL {
    @Override
    ByteString of(byte[] content) {
      return ByteString.copyFrom(content);
    }
  },

  SUBSTRING {
    @Override
    ByteString of(byte[] content) {
      return ByteString.copyFrom(amongOthers(content)).substring(BEFORE, BEFORE + content.length);
    }
  },

  /** Two concatenated halves, each of which is a view itself. */
  ROPE {
    @Override
    ByteString of(byte[] content) {
      int half = content.length / 2;
      return SUBSTRING
          .of(Arrays.copyOf(content, half))
          .concat(SUBSTRING.of(Arrays.copyOfRange(content, half, content.length)));
    }
  },

  SUBSTRING_OF_A_ROPE {
    @Override
    ByteString of(byte[] content) {
      return ROPE.of(amongOthers(content)).substring(BEFORE, BEFORE + content.length);
    }
  },

  WRAPPED_ARRAY {
    @Override
    ByteString of(byte[] content) {
      return UnsafeByteOperations.unsafeWrap(amongOthers(content), BEFORE, content.length);
    }
  },

  HEAP_BUFFER {
    @Override
    ByteString of(byte[] content) {
      return UnsafeByteOperations.unsafeWrap(
          ByteBuffer.wrap(amongOthers(content), BEFORE, content.length));
    }
  },

  READ_ONLY_BUFFER {
    @Override
    ByteString of(byte[] content) {
      return UnsafeByteOperations.unsafeWrap(
          ByteBuffer.wrap(amongOthers(content), BEFORE, content.length).asReadOnlyBuffer());
    }
  },

  /** The buffer starts at an offset in its array. */
  SLICED_BUFFER {
    @Override
    ByteString of(byte[] content) {
      return UnsafeByteOperations.unsafeWrap(
          ByteBuffer.wrap(amongOthers(content)).slice(BEFORE, content.length));
    }
  },

  DIRECT_BUFFER {
    @Override
    ByteString of(byte[] content) {
      ByteBuffer buffer = ByteBuffer.allocateDirect(content.length + BEFORE + AFTER);
      buffer.put(amongOthers(content)).position(BEFORE).limit(BEFORE + content.length);
      return UnsafeByteOperations.unsafeWrap(buffer);
    }
  },

  SUBSTRING_OF_A_DIRECT_BUFFER {
    @Override
    ByteString of(byte[] content) {
      return DIRECT_BUFFER.of(amongOthers(content)).substring(BEFORE, BEFORE + content.length);
    }
  },

  /** A view of the message that was parsed, as in payloads that drivers retrieve. */
  PARSED_AS_A_VIEW {
    @Override
    ByteString of(byte[] content) {
      CodedInputStream message =
          Payload.newBuilder()
              .putMetadata("encoding", ByteString.copyFromUtf8("binary/plain"))
              .setData(ByteString.copyFrom(content))
              .build()
              .toByteString()
              .newCodedInput();
      message.enableAliasing(true);
      try {
        return Payload.parseFrom(message).getData();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  };

  private static final int BEFORE = 11;
  private static final int AFTER = 7;

  /** Returns the content in this kind of memory. */
  abstract ByteString of(byte[] content);

  private static byte[] amongOthers(byte[] content) {
    byte[] all = new byte[BEFORE + content.length + AFTER];
    Arrays.fill(all, (byte) '#');
    System.arraycopy(content, 0, all, BEFORE, content.length);
    return all;
  }
}
