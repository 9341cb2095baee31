package io.github.externalstorage.s3;

import com.google.common.hash.HashCode;
import com.google.common.hash.Hashing;
import com.google.common.hash.HashingOutputStream;
import com.google.common.io.ByteStreams;
import com.google.protobuf.ByteString;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.WireFormat;
import io.temporal.api.common.v1.Payload;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** An object's content: the serialized payload, equal payloads being equal objects. */
final class S3ObjectBody {

  /** What the network takes at once. In one piece, a body would be copied whole on its way. */
  private static final int SLICE = 128 * 1024;

  private S3ObjectBody() {}

  static HashCode sha256(Payload payload) {
    HashingOutputStream hash =
        new HashingOutputStream(Hashing.sha256(), ByteStreams.nullOutputStream());
    write(hash, payload::writeTo);
    return hash.hash();
  }

  /** The content, in which the payload's data is not copied: it may be most of the memory. */
  static List<ByteBuffer> buffers(Payload payload) {
    List<ByteBuffer> buffers = new ArrayList<>();
    ByteString data = payload.getData();
    if (data.isEmpty()) {
      addSlices(buffers, serialize(payload));
      return buffers;
    }
    // Fields are in the order of their numbers, and the metadata's is the one below the data's.
    Payload metadata = Payload.newBuilder().putAllMetadata(payload.getMetadataMap()).build();
    Payload rest = payload.toBuilder().clearMetadata().clearData().build();
    addSlices(buffers, serialize(metadata).concat(dataHeader(data)));
    addSlices(buffers, data);
    addSlices(buffers, serialize(rest));
    return buffers;
  }

  private static ByteString dataHeader(ByteString data) {
    ByteString.Output header = ByteString.newOutput(2 * Integer.BYTES);
    write(
        header,
        output -> {
          output.writeTag(Payload.DATA_FIELD_NUMBER, WireFormat.WIRETYPE_LENGTH_DELIMITED);
          output.writeUInt32NoTag(data.size());
        });
    return header.toByteString();
  }

  private static void addSlices(List<ByteBuffer> buffers, ByteString bytes) {
    for (ByteBuffer buffer : bytes.asReadOnlyByteBufferList()) {
      for (int offset = 0; offset < buffer.limit(); offset += SLICE) {
        buffers.add(buffer.slice(offset, Math.min(SLICE, buffer.limit() - offset)));
      }
    }
  }

  /** The payload, its data being a view of the content. */
  static Payload parse(ByteString content) throws IOException {
    CodedInputStream input = content.newCodedInput();
    input.enableAliasing(true);
    Payload payload = Payload.parseFrom(input);
    input.checkLastTagWas(0);
    return payload;
  }

  private static ByteString serialize(Payload payload) {
    ByteString.Output bytes = ByteString.newOutput(payload.getSerializedSize());
    write(bytes, payload::writeTo);
    return bytes.toByteString();
  }

  private static void write(OutputStream bytes, Writer writer) {
    CodedOutputStream output = CodedOutputStream.newInstance(bytes);
    // The order of metadata is anyone's choice; without one, equal payloads would differ.
    output.useDeterministicSerialization();
    try {
      writer.writeTo(output);
      output.flush();
    } catch (IOException e) {
      throw new UncheckedIOException("Writing to memory failed", e);
    }
  }

  @FunctionalInterface
  private interface Writer {
    void writeTo(CodedOutputStream output) throws IOException;
  }
}
