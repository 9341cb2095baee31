package io.github.externalstorage.s3.internal.payloads;

import com.google.common.hash.HashCode;
import com.google.common.hash.Hasher;
import com.google.common.hash.Hashing;
import com.google.protobuf.ByteString;
import io.github.externalstorage.driver.PayloadContent;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.core.async.AsyncRequestBody;

/**
 * An object's content, divided into buffers for the network without a copy. What is hashed and what
 * is sent is the same {@link ByteString}. Thread-safe.
 */
public final class S3ObjectBody {

  /**
   * The size of the chunks that are handed to the network. A body in a single chunk would be copied
   * as a whole on its way.
   */
  private static final int PART_SIZE = 128 * 1024;

  private volatile List<ByteBuffer> parts;
  private final HashCode sha256;

  public S3ObjectBody(PayloadContent content) {
    parts = split(content.getBytes());
    sha256 = HashCode.fromString(content.getSha256());
  }

  private static List<ByteBuffer> split(ByteString content) {
    List<ByteBuffer> parts = new ArrayList<>();
    for (int start = 0; start < content.size(); start += PART_SIZE) {
      int end = Math.min(start + PART_SIZE, content.size());
      parts.addAll(content.substring(start, end).asReadOnlyByteBufferList());
    }
    return List.copyOf(parts);
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
    Hasher hasher = Hashing.md5().newHasher();
    parts.forEach(part -> hasher.putBytes(part.duplicate()));
    return hasher.hash();
  }

  /** The content as a request body. It can be subscribed to more than once. */
  AsyncRequestBody toRequestBody() {
    // With no buffers at all, AWS SDK 2.30 never completes the body.
    return parts.isEmpty()
        ? AsyncRequestBody.empty()
        : AsyncRequestBody.fromRemainingByteBuffersUnsafe(parts.toArray(new ByteBuffer[0]));
  }
}
