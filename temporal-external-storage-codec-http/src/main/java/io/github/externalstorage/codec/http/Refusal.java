package io.github.externalstorage.codec.http;

import com.sun.net.httpserver.Headers;

/**
 * Ends a request with a status and a sentence for the caller. The sentence is this package's own:
 * what others throw may quote a payload.
 */
final class Refusal extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final int status;
  private final transient Headers headers = new Headers();

  Refusal(int status, String message) {
    super(message, null, false, false);
    this.status = status;
  }

  Refusal with(String header, String value) {
    headers.set(header, value);
    return this;
  }

  static Refusal malformed(String problem) {
    return new Refusal(400, problem);
  }

  static Refusal overloaded(String problem) {
    return new Refusal(503, problem).with("Retry-After", "1");
  }

  CodecReply toReply() {
    CodecReply reply = CodecReply.error(status, String.valueOf(getMessage()));
    reply.headers().putAll(headers);
    return reply;
  }
}
