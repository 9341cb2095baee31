package io.github.externalstorage.driver;

import com.google.common.hash.Hasher;
import com.google.common.hash.Hashing;
import com.google.protobuf.ByteString;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.WireFormat;
import io.github.externalstorage.driver.StorageException.Reason;
import io.github.externalstorage.internal.text.Quoted;
import io.temporal.api.common.v1.Payload;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * The content of a stored object, which is the same in the drivers of every Temporal SDK: the
 * serialized payload, so that equal payloads have equal content and an equal hash. Thread-safe.
 */
public final class PayloadFormat {

  private PayloadFormat() {}

  /**
   * Serializes a payload. The result is the same as that of Protobuf's deterministic serialization;
   * the payload's data, usually the largest part, is not copied.
   */
  public static ByteString serialize(Payload payload) {
    ByteString data = payload.getData();
    if (data.isEmpty()) {
      return write(payload::writeTo);
    }
    // Fields are written in the order of their numbers.
    ByteString metadata =
        write(Payload.newBuilder().putAllMetadata(payload.getMetadataMap()).build()::writeTo);
    ByteString dataHeader =
        write(
            output -> {
              output.writeTag(Payload.DATA_FIELD_NUMBER, WireFormat.WIRETYPE_LENGTH_DELIMITED);
              output.writeUInt32NoTag(data.size());
            });
    ByteString rest = write(payload.toBuilder().clearMetadata().clearData().build()::writeTo);
    return metadata.concat(dataHeader).concat(data).concat(rest);
  }

  /**
   * Parses the content of an object. The payload's data is a view of the content, not a copy.
   *
   * @throws InvalidProtocolBufferException if the content is not a payload. The message may quote
   *     the content, so don't pass it on
   */
  public static Payload parse(ByteString content) throws InvalidProtocolBufferException {
    CodedInputStream input = content.newCodedInput();
    input.enableAliasing(true);
    try {
      Payload payload = Payload.parseFrom(input);
      // Otherwise a stray end-of-group tag would pass as the end of the payload.
      input.checkLastTagWas(0);
      return payload;
    } catch (InvalidProtocolBufferException e) {
      throw e;
    } catch (IOException e) {
      throw new UncheckedIOException("Reading from memory failed", e);
    }
  }

  /**
   * Parses the content of an object after it was checked against the hash in the object's key. The
   * payload's data is a view of the content, not a copy.
   *
   * @throws StorageException with {@link Reason#CORRUPTED} if the content has another hash or is
   *     not a payload
   */
  public static Payload parse(ByteString content, StorageKey key) {
    if (!sha256(content).equals(key.getSha256())) {
      throw corrupted(key, "its SHA-256 does not match its key, so it was changed or damaged");
    }
    try {
      return parse(content);
    } catch (InvalidProtocolBufferException e) {
      // Without the cause, whose message may quote the content.
      throw corrupted(key, "it is not a serialized payload");
    }
  }

  private static StorageException corrupted(StorageKey key, String problem) {
    return new StorageException(
        Reason.CORRUPTED,
        "The object is not what was stored [key=%s]: %s"
            .formatted(Quoted.of(key.getValue()), problem));
  }

  /**
   * The hash of an object's content, for its key and its claim: 64 lower-case hexadecimal digits.
   */
  public static String sha256(ByteString content) {
    Hasher hasher = Hashing.sha256().newHasher();
    content.asReadOnlyByteBufferList().forEach(hasher::putBytes);
    return hasher.hash().toString();
  }

  private static ByteString write(Writer writer) {
    ByteString.Output bytes = ByteString.newOutput();
    CodedOutputStream output = CodedOutputStream.newInstance(bytes);
    // Protobuf maps have no order of their own; without a fixed one, equal payloads would differ.
    output.useDeterministicSerialization();
    try {
      writer.writeTo(output);
      output.flush();
    } catch (IOException e) {
      throw new UncheckedIOException("Writing to memory failed", e);
    }
    return bytes.toByteString();
  }

  @FunctionalInterface
  private interface Writer {
    void writeTo(CodedOutputStream output) throws IOException;
  }
}
