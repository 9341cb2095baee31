package io.github.externalstorage.codec.http.internal.protocol;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import com.sun.net.httpserver.Headers;

/** A response: status, headers, and a body that may be empty. */
public record CodecResponse(int status, Headers headers, ResponseBody body) {

  private static final ResponseBody EMPTY = ResponseBody.of("");

  public static CodecResponse empty(int status) {
    return new CodecResponse(status, new Headers(), EMPTY);
  }

  public static CodecResponse json(int status, ResponseBody body) {
    CodecResponse response = new CodecResponse(status, new Headers(), body);
    response.headers.set("Content-Type", "application/json");
    response.headers.set("Cache-Control", "no-store");
    response.headers.set("X-Content-Type-Options", "nosniff");
    return response;
  }

  public static CodecResponse error(int status, String message) {
    char[] quoted = JsonStringEncoder.getInstance().quoteAsString(message);
    return json(status, ResponseBody.of("{\"error\":\"" + new String(quoted) + "\"}"));
  }
}
