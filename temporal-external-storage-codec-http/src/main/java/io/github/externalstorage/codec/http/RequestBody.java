package io.github.externalstorage.codec.http;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.util.Locale;
import java.util.regex.Pattern;

/** Receives bodies, and no more of them than is allowed. */
final class RequestBody {

  private static final Pattern JSON =
      Pattern.compile("application/json\\s*(;\\s*charset\\s*=\\s*\"?utf-8\"?\\s*)?");
  private static final int CHUNK = 64 * 1024;

  private RequestBody() {}

  /**
   * Refuses a body that need not be received to be refused.
   *
   * @throws Refusal 413 or 415
   */
  static void check(CodecRequest request, int maxSize) {
    String type = request.header("Content-Type").orElse("").toLowerCase(Locale.ROOT);
    if (!JSON.matcher(type).matches()) {
      throw new Refusal(415, "The Content-Type must be application/json in UTF-8");
    }
    if (request.header("Content-Encoding").isPresent()) {
      throw new Refusal(415, "The body must have no Content-Encoding");
    }
    if (declaredLength(request) > maxSize) {
      throw tooLarge(maxSize);
    }
  }

  /**
   * Receives a body.
   *
   * @throws Refusal 413 beyond the limit, 408 if the client is too slow, 400 if it breaks off
   */
  static ByteString receive(CodecRequest request, int maxSize, MemoryBudget.Share memory) {
    ByteString.Output body = ByteString.newOutput();
    byte[] chunk = new byte[CHUNK];
    try {
      InputStream in = request.body();
      for (int n = in.read(chunk); n >= 0; n = in.read(chunk)) {
        if (body.size() + n > maxSize) {
          throw tooLarge(maxSize);
        }
        memory.add(n);
        body.write(chunk, 0, n);
      }
      return body.toByteString();
    } catch (SocketTimeoutException e) {
      throw new Refusal(408, "The body did not arrive in time");
    } catch (IOException e) {
      throw Refusal.malformed("The body broke off, or its chunks are malformed");
    }
  }

  private static long declaredLength(CodecRequest request) {
    try {
      return request.header("Content-Length").map(Long::parseLong).orElse(0L);
    } catch (NumberFormatException e) {
      throw Refusal.malformed("The Content-Length is not a number");
    }
  }

  private static Refusal tooLarge(int maxSize) {
    return new Refusal(413, "The body may have at most %d bytes".formatted(maxSize));
  }
}
