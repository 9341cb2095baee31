package io.github.externalstorage.s3;

import com.google.common.hash.HashCode;
import com.google.common.hash.Hashing;
import com.google.common.hash.HashingOutputStream;
import com.google.common.io.ByteStreams;
import com.google.protobuf.ByteString;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.CodedOutputStream;
import io.temporal.api.common.v1.Payload;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;

/** An object's content: the serialized payload, equal payloads being equal objects. */
final class S3ObjectBody {

  /** What the network takes at once. In one piece, a body would be copied whole on its way. */
  private static final int SLICE = 128 * 1024;

  private S3ObjectBody() {}

  static HashCode sha256(Payload payload) {
    HashingOutputStream hash =
        new HashingOutputStream(Hashing.sha256(), ByteStreams.nullOutputStream());
    write(payload, CodedOutputStream.newInstance(hash));
    return hash.hash();
  }

  /** The content in slices of one array. */
  static ByteBuffer[] slices(Payload payload) {
    byte[] bytes = new byte[payload.getSerializedSize()];
    write(payload, CodedOutputStream.newInstance(bytes));
    ByteBuffer[] slices = new ByteBuffer[(bytes.length + SLICE - 1) / SLICE];
    for (int i = 0; i < slices.length; i++) {
      int offset = i * SLICE;
      // A buffer of its own, for the SDK sends buffers from their beginning, not their position.
      slices[i] = ByteBuffer.wrap(bytes, offset, Math.min(SLICE, bytes.length - offset)).slice();
    }
    return slices;
  }

  /** The payload, its data being a view of the content. */
  static Payload parse(ByteString content) throws IOException {
    CodedInputStream input = content.newCodedInput();
    input.enableAliasing(true);
    Payload payload = Payload.parseFrom(input);
    input.checkLastTagWas(0);
    return payload;
  }

  private static void write(Payload payload, CodedOutputStream output) {
    // The order of metadata is anyone's choice; without one, equal payloads would differ.
    output.useDeterministicSerialization();
    try {
      payload.writeTo(output);
      output.flush();
    } catch (IOException e) {
      throw new UncheckedIOException("Writing to memory failed", e);
    }
  }
}
