package io.github.externalstorage.codec.http;

import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** What load balancers ask: whether the server lives, and whether it wants requests; and more. */
record StatusPages(BooleanSupplier ready, Map<String, Supplier<StatusPage>> others) {

  /** The reply to a request for a page; empty if the path is none's. */
  Optional<CodecReply> find(RequestHead head) {
    return switch (head.path()) {
      case "/healthz" -> Optional.of(reply(head, 200, status("ok")));
      case "/readyz" ->
          Optional.of(
              ready.getAsBoolean()
                  ? reply(head, 200, status("ready"))
                  : reply(head, 503, status("not ready")));
      default -> Optional.ofNullable(others.get(head.path())).map(p -> reply(head, 200, p.get()));
    };
  }

  private static StatusPage status(String status) {
    return new StatusPage("application/json", "{\"status\":\"" + status + "\"}");
  }

  private static CodecReply reply(RequestHead head, int status, StatusPage page) {
    if (!head.method().equals("GET") && !head.method().equals("HEAD")) {
      return new Refusal(405, "Only GET is served here").with("Allow", "GET, HEAD").toReply();
    }
    CodecReply reply = CodecReply.json(status, ReplyBody.of(page.text()));
    reply.headers().set("Content-Type", page.contentType());
    return reply;
  }
}
