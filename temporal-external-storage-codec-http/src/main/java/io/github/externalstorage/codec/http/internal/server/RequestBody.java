package io.github.externalstorage.codec.http.internal.server;

import io.github.externalstorage.codec.http.internal.payloads.MemoryMeter;
import io.github.externalstorage.codec.http.internal.protocol.CodecRequest;
import io.github.externalstorage.codec.http.internal.protocol.HttpErrorException;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Pattern;

/** A request body that is received into a growing array. */
final class RequestBody {

  private static final Pattern JSON =
      Pattern.compile("application/json\\s*(;\\s*charset\\s*=\\s*\"?utf-8\"?\\s*)?");
  private static final int FIRST_CAPACITY = 8 * 1024;
  private static final int GROWTH = 4;
  private static final int PORTION = 64 * 1024;

  /** The maximum array size that every JVM can allocate, minus one byte. */
  private static final int LARGEST = Integer.MAX_VALUE - 16;

  private final int maxSize;
  private final MemoryMeter memory;
  private byte[] bytes;
  private int size;

  RequestBody(int maxSize, MemoryMeter memory) {
    this.maxSize = Math.min(maxSize, LARGEST);
    this.memory = memory;
    bytes = new byte[0];
  }

  /** Valid up to {@link #size()}. */
  byte[] bytes() {
    return bytes;
  }

  int size() {
    return size;
  }

  /** Releases its memory. */
  void release() {
    memory.add(-bytes.length);
    bytes = new byte[0];
  }

  /**
   * Checks the headers of a body before it is received.
   *
   * @throws HttpErrorException 413 or 415
   */
  static void check(CodecRequest request, int maxSize) {
    String type = request.header("Content-Type").orElse("").toLowerCase(Locale.ROOT);
    if (!JSON.matcher(type).matches()) {
      throw new HttpErrorException(415, "The Content-Type must be application/json in UTF-8");
    }
    if (request.header("Content-Encoding").isPresent()) {
      throw new HttpErrorException(415, "The body must have no Content-Encoding");
    }
    if (request.bodyLength() > maxSize) {
      throw tooLarge(maxSize);
    }
  }

  /**
   * Receives the body.
   *
   * @param length the announced length, -1 if there is none
   * @throws HttpErrorException 413 beyond the limit, 408 if the client is too slow, 400 if the body
   *     is incomplete
   */
  void receive(InputStream in, long length, ClientWait wait) {
    int limit = length < 0 ? maxSize + 1 : (int) length;
    try {
      for (int n = 0; n >= 0; n = read(in, limit, wait)) {
        size += n;
        if (size > maxSize) {
          throw tooLarge(maxSize);
        }
      }
    } catch (SocketTimeoutException e) {
      throw tooSlow();
    } catch (IOException e) {
      if (wait.isExpired()) {
        throw tooSlow();
      }
      throw HttpErrorException.malformed("The body is incomplete, or its chunks are malformed");
    }
  }

  private int read(InputStream in, int limit, ClientWait wait) throws IOException {
    if (size == limit) {
      // Only the end is left, which some servers need to have read.
      if (in.read() >= 0) {
        throw HttpErrorException.malformed("The body is longer than its Content-Length");
      }
      return -1;
    }
    if (size == bytes.length) {
      long start = System.nanoTime();
      grow(limit);
      wait.exclude(System.nanoTime() - start);
    }
    int n = in.read(bytes, size, Math.min(PORTION, bytes.length - size));
    wait.moved(Math.max(n, 0));
    return n;
  }

  private void grow(int limit) {
    int capacity = (int) Math.min(limit, Math.max(FIRST_CAPACITY, (long) GROWTH * bytes.length));
    memory.add(capacity);
    int before = bytes.length;
    bytes = Arrays.copyOf(bytes, capacity);
    memory.add(-before);
  }

  private static HttpErrorException tooSlow() {
    return new HttpErrorException(408, "The body did not arrive in time");
  }

  private static HttpErrorException tooLarge(int maxSize) {
    return new HttpErrorException(413, "The body may have at most %d bytes".formatted(maxSize));
  }
}
