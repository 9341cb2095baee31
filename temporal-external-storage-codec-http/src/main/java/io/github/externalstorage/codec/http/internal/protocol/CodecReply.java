package io.github.externalstorage.codec.http.internal.protocol;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import com.sun.net.httpserver.Headers;

/** A response: status, headers, and a body that may be empty. */
public record CodecReply(int status, Headers headers, ReplyBody body) {

  private static final ReplyBody EMPTY = ReplyBody.of("");

  public static CodecReply empty(int status) {
    return new CodecReply(status, new Headers(), EMPTY);
  }

  public static CodecReply json(int status, ReplyBody body) {
    CodecReply reply = new CodecReply(status, new Headers(), body);
    reply.headers.set("Content-Type", "application/json");
    reply.headers.set("Cache-Control", "no-store");
    reply.headers.set("X-Content-Type-Options", "nosniff");
    return reply;
  }

  public static CodecReply error(int status, String message) {
    char[] quoted = JsonStringEncoder.getInstance().quoteAsString(message);
    return json(status, ReplyBody.of("{\"error\":\"" + new String(quoted) + "\"}"));
  }
}
