package io.github.externalstorage.codec.http;

import java.util.Optional;
import java.util.function.BooleanSupplier;

/** What load balancers ask: whether the server lives, and whether it wants requests. */
record StatusPages(BooleanSupplier ready) {

  /** The page at a path; empty if it is none of these. */
  Optional<CodecReply> find(RequestHead head) {
    return switch (head.path()) {
      case "/healthz" -> Optional.of(page(head, 200, "ok"));
      case "/readyz" ->
          Optional.of(
              ready.getAsBoolean() ? page(head, 200, "ready") : page(head, 503, "not ready"));
      default -> Optional.empty();
    };
  }

  private static CodecReply page(RequestHead head, int status, String text) {
    if (!head.method().equals("GET") && !head.method().equals("HEAD")) {
      return new Refusal(405, "Only GET is served here").with("Allow", "GET, HEAD").toReply();
    }
    return CodecReply.json(status, ReplyBody.of("{\"status\":\"" + text + "\"}"));
  }
}
