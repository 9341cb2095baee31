package io.github.externalstorage.codec.http.internal.protocol;

import com.sun.net.httpserver.Headers;
import org.jspecify.annotations.Nullable;

/**
 * Ends a request with a status and a message for the caller. The message must not contain the
 * message of another exception, which may quote a payload. The cause is only logged.
 */
public final class HttpErrorException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final int status;
  private final transient Headers headers = new Headers();

  public HttpErrorException(int status, String message) {
    this(status, message, null);
  }

  public HttpErrorException(int status, String message, @Nullable Throwable cause) {
    super(message, cause, false, false);
    this.status = status;
  }

  public static HttpErrorException malformed(String problem) {
    return new HttpErrorException(400, problem);
  }

  public static HttpErrorException overloaded(String problem) {
    return new HttpErrorException(503, problem).with("Retry-After", "1");
  }

  public HttpErrorException with(String header, String value) {
    headers.set(header, value);
    return this;
  }

  public int status() {
    return status;
  }

  public CodecResponse toResponse() {
    CodecResponse response = CodecResponse.error(status, String.valueOf(getMessage()));
    response.headers().putAll(headers);
    return response;
  }
}
