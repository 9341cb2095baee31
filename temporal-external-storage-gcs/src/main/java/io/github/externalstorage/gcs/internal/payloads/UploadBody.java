package io.github.externalstorage.gcs.internal.payloads;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import com.google.protobuf.util.JsonFormat;
import io.github.externalstorage.driver.PayloadContent;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.function.IntConsumer;

/**
 * The body of a request that uploads an object with its metadata: two parts of a {@code
 * multipart/related} message (RFC 2387). Only the metadata can hold the checksum that Google
 * verifies before it stores the object.
 */
final class UploadBody {

  private static final int CHUNK_SIZE = 64 * 1024;

  private final String boundary;
  private final ByteString message;
  private volatile boolean isSent;

  /**
   * @param key the object's key
   */
  UploadBody(String key, PayloadContent content, String crc32c) {
    // Content can't contain its own hash.
    boundary = content.getSha256();
    message =
        ByteString.copyFromUtf8(
                "--%s\r\nContent-Type: application/json; charset=UTF-8\r\n\r\n%s\r\n"
                        .formatted(boundary, metadata(key, crc32c))
                    + "--%s\r\nContent-Type: application/octet-stream\r\n\r\n".formatted(boundary))
            .concat(content.getBytes())
            .concat(ByteString.copyFromUtf8("\r\n--%s--\r\n".formatted(boundary)));
  }

  private static String metadata(String key, String crc32c) {
    Struct json =
        Struct.newBuilder()
            .putFields("name", Value.newBuilder().setStringValue(key).build())
            .putFields("crc32c", Value.newBuilder().setStringValue(crc32c).build())
            .build();
    try {
      return JsonFormat.printer().omittingInsignificantWhitespace().print(json);
    } catch (InvalidProtocolBufferException e) {
      throw new AssertionError("An object of strings has a JSON form", e);
    }
  }

  /** The value of the header {@code Content-Type}. */
  String contentType() {
    return "multipart/related; boundary=" + boundary;
  }

  /**
   * The body. It can be subscribed to more than once.
   *
   * @param onSent called with the size of each chunk that is passed to the network, in bytes
   */
  BodyPublisher publisher(IntConsumer onSent) {
    return BodyPublishers.fromPublisher(
        BodyPublishers.ofByteArrays(() -> new Chunks(onSent)), message.size());
  }

  /** Whether the whole body was passed to the network. A server can't have stored it before. */
  boolean isSent() {
    return isSent;
  }

  private final class Chunks implements Iterator<byte[]> {

    private final IntConsumer onSent;
    private int position;

    private Chunks(IntConsumer onSent) {
      this.onSent = onSent;
      isSent = false;
    }

    @Override
    public boolean hasNext() {
      return position < message.size();
    }

    @Override
    public byte[] next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      int end = Math.min(message.size(), position + CHUNK_SIZE);
      byte[] chunk = message.substring(position, end).toByteArray();
      position = end;
      isSent = !hasNext();
      onSent.accept(chunk.length);
      return chunk;
    }
  }
}
