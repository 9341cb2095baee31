package io.github.externalstorage.codec.http.internal.server;

import com.sun.net.httpserver.HttpExchange;
import io.github.externalstorage.codec.http.internal.protocol.CodecResponse;
import io.github.externalstorage.codec.http.internal.protocol.HttpErrorException;
import io.github.externalstorage.codec.http.internal.protocol.ResponseBody;
import java.io.IOException;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** Reports to load balancers whether the server is running, and whether it accepts requests. */
record HealthPages(BooleanSupplier closing, ResponseSender sender) {

  /** Responds if the path is that of a health page. */
  boolean handle(HttpExchange http) throws IOException {
    Optional<CodecResponse> response = find(http.getRequestURI().getPath());
    if (response.isEmpty()) {
      return false;
    }
    String method = http.getRequestMethod();
    if (method.equals("GET") || method.equals("HEAD")) {
      sender.send(response.get(), http);
    } else {
      sender.send(
          new HttpErrorException(405, "Only GET is served here")
              .with("Allow", "GET, HEAD")
              .with("Connection", "close")
              .toResponse(),
          http);
    }
    sender.discardBody(http);
    return true;
  }

  private Optional<CodecResponse> find(String path) {
    return switch (path) {
      case "/healthz" -> Optional.of(status(200, "ok"));
      case "/readyz" ->
          Optional.of(closing.getAsBoolean() ? status(503, "not ready") : status(200, "ready"));
      default -> Optional.empty();
    };
  }

  private static CodecResponse status(int code, String status) {
    return CodecResponse.json(code, ResponseBody.of("{\"status\":\"" + status + "\"}"));
  }
}
