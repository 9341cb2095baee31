package io.github.externalstorage.codec.http;

import com.google.gson.JsonObject;
import com.sun.net.httpserver.Headers;

/** An answer: status, headers, and a body that may be empty. */
record CodecReply(int status, Headers headers, ReplyBody body) {

  static CodecReply empty(int status) {
    return new CodecReply(status, new Headers(), ReplyBody.EMPTY);
  }

  static CodecReply json(int status, ReplyBody body) {
    CodecReply reply = new CodecReply(status, new Headers(), body);
    reply.headers.set("Content-Type", "application/json");
    reply.headers.set("Cache-Control", "no-store");
    reply.headers.set("X-Content-Type-Options", "nosniff");
    return reply;
  }

  static CodecReply error(int status, String message) {
    JsonObject error = new JsonObject();
    error.addProperty("error", message);
    return json(status, ReplyBody.of(error.toString()));
  }
}
