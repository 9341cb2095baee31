package io.github.externalstorage.s3;

import com.google.common.hash.HashCode;
import com.google.common.hash.HashFunction;
import com.google.common.hash.Hasher;
import com.google.common.hash.Hashing;
import com.google.common.hash.HashingOutputStream;
import com.google.common.io.ByteStreams;
import com.google.protobuf.ByteString;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.CodedOutputStream;
import io.temporal.api.common.v1.Payload;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.List;
import software.amazon.awssdk.core.async.AsyncRequestBody;

/**
 * An object's content: the serialized payload, equal payloads being equal objects. Protobuf writes
 * it once, and the bytes that it wrote are both hashed and sent. Thread-safe.
 */
final class S3ObjectBody {

  private volatile List<ByteBuffer> parts;
  private final HashCode sha256;

  private S3ObjectBody(List<ByteBuffer> parts, HashCode sha256) {
    this.parts = parts;
    this.sha256 = sha256;
  }

  static S3ObjectBody of(Payload payload) {
    ObjectParts output = new ObjectParts(payload.getSerializedSize());
    write(payload, output);
    List<ByteBuffer> parts = output.toBuffers();
    return new S3ObjectBody(parts, hash(Hashing.sha256(), parts));
  }

  /** The hash of a payload's content, which is not kept for it. */
  static HashCode sha256(Payload payload) {
    HashingOutputStream hash =
        new HashingOutputStream(Hashing.sha256(), ByteStreams.nullOutputStream());
    write(payload, hash);
    return hash.hash();
  }

  private static void write(Payload payload, OutputStream bytes) {
    CodedOutputStream output = CodedOutputStream.newInstance(bytes);
    // The order of metadata is anyone's choice; without one, equal payloads would differ.
    output.useDeterministicSerialization();
    try {
      payload.writeTo(output);
      output.flush();
    } catch (IOException e) {
      throw new UncheckedIOException("Writing to memory failed", e);
    }
  }

  private static HashCode hash(HashFunction function, List<ByteBuffer> parts) {
    Hasher hasher = function.newHasher();
    parts.forEach(part -> hasher.putBytes(part.duplicate()));
    return hasher.hash();
  }

  /** Drops the content. A client's idle connection keeps hold of the last request it carried. */
  void release() {
    parts = List.of();
  }

  HashCode sha256() {
    return sha256;
  }

  /** What S3 makes the ETag of an object that is stored in one request. */
  @SuppressWarnings("deprecation") // Not used as a protection against forgery.
  HashCode md5() {
    return hash(Hashing.md5(), parts);
  }

  /** The content to be sent, which may be subscribed to more than once. */
  AsyncRequestBody toRequestBody() {
    // Of no buffers at all, AWS SDK 2.30 never completes the body.
    return parts.isEmpty()
        ? AsyncRequestBody.empty()
        : AsyncRequestBody.fromByteBuffersUnsafe(parts.toArray(new ByteBuffer[0]));
  }

  /** The payload, its data being a view of the content. */
  static Payload parse(ByteString content) throws IOException {
    CodedInputStream input = content.newCodedInput();
    input.enableAliasing(true);
    Payload payload = Payload.parseFrom(input);
    input.checkLastTagWas(0);
    return payload;
  }
}
