package io.github.externalstorage.codec.http.internal.server;

import com.sun.net.httpserver.HttpExchange;
import io.github.externalstorage.codec.http.internal.protocol.CodecReply;
import io.github.externalstorage.codec.http.internal.protocol.HttpErrorException;
import io.github.externalstorage.codec.http.internal.protocol.ReplyBody;
import java.io.IOException;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** Reports to load balancers whether the server is running, and whether it accepts requests. */
record HealthPages(BooleanSupplier closing, ReplySender sender) {

  /** Responds if the path is that of a health page. */
  boolean handle(HttpExchange http) throws IOException {
    Optional<CodecReply> reply = find(http.getRequestURI().getPath());
    if (reply.isEmpty()) {
      return false;
    }
    String method = http.getRequestMethod();
    if (method.equals("GET") || method.equals("HEAD")) {
      sender.send(reply.get(), http);
    } else {
      sender.send(
          new HttpErrorException(405, "Only GET is served here")
              .with("Allow", "GET, HEAD")
              .with("Connection", "close")
              .toReply(),
          http);
    }
    sender.discardBody(http);
    return true;
  }

  private Optional<CodecReply> find(String path) {
    return switch (path) {
      case "/healthz" -> Optional.of(status(200, "ok"));
      case "/readyz" ->
          Optional.of(closing.getAsBoolean() ? status(503, "not ready") : status(200, "ready"));
      default -> Optional.empty();
    };
  }

  private static CodecReply status(int code, String status) {
    return CodecReply.json(code, ReplyBody.of("{\"status\":\"" + status + "\"}"));
  }
}
