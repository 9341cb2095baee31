package io.github.externalstorage.s3.internal.payloads;

import com.google.common.hash.HashCode;
import com.google.common.hash.HashFunction;
import com.google.common.hash.Hasher;
import com.google.common.hash.Hashing;
import com.google.protobuf.ByteString;
import io.github.externalstorage.driver.PayloadFormat;
import io.temporal.api.common.v1.Payload;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.core.async.AsyncRequestBody;

/**
 * An object's content: the payload, serialized so that equal payloads become equal objects. The
 * content is hashed and sent from the same buffers. The payload's data, usually the largest part,
 * is not copied. Thread-safe.
 */
public final class S3ObjectBody {

  /**
   * The size of the chunks that are handed to the network. A body in a single chunk would be copied
   * as a whole on its way.
   */
  private static final int PART_SIZE = 128 * 1024;

  private volatile List<ByteBuffer> parts;
  private final HashCode sha256;

  private S3ObjectBody(List<ByteBuffer> parts) {
    this.parts = parts;
    sha256 = hash(Hashing.sha256(), parts);
  }

  public static S3ObjectBody of(Payload payload) {
    ByteString content = PayloadFormat.serialize(payload);
    List<ByteBuffer> parts = new ArrayList<>();
    for (int start = 0; start < content.size(); start += PART_SIZE) {
      int end = Math.min(start + PART_SIZE, content.size());
      parts.addAll(content.substring(start, end).asReadOnlyByteBufferList());
    }
    return new S3ObjectBody(List.copyOf(parts));
  }

  public static HashCode sha256(Payload payload) {
    return of(payload).sha256;
  }

  private static HashCode hash(HashFunction function, List<ByteBuffer> parts) {
    Hasher hasher = function.newHasher();
    parts.forEach(part -> hasher.putBytes(part.duplicate()));
    return hasher.hash();
  }

  /** Drops the content, since a client's idle connection keeps a reference to its last request. */
  void release() {
    parts = List.of();
  }

  public HashCode sha256() {
    return sha256;
  }

  /** The ETag that S3 gives to an object that is stored in one request. */
  @SuppressWarnings("deprecation") // Not used as a protection against forgery.
  HashCode md5() {
    return hash(Hashing.md5(), parts);
  }

  /** The content as a request body. It can be subscribed to more than once. */
  AsyncRequestBody toRequestBody() {
    // With no buffers at all, AWS SDK 2.30 never completes the body.
    return parts.isEmpty()
        ? AsyncRequestBody.empty()
        : AsyncRequestBody.fromRemainingByteBuffersUnsafe(parts.toArray(new ByteBuffer[0]));
  }
}
