package io.github.externalstorage.codec.http;

import io.github.externalstorage.codec.http.ServerConnection.Phase;
import java.io.IOException;
import java.util.Optional;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.util.Timeout;

/** Requests and replies on one connection. */
final class HttpConversation {

  private final ServerConnection connection;
  private final ServerContext context;
  private final Http1Connection http;
  private boolean over;
  private boolean interrupted;

  HttpConversation(ServerConnection connection, ServerContext context, Http1Connection http) {
    this.connection = connection;
    this.context = context;
    this.http = http;
  }

  /** Whether it ended while the client still had something to say. */
  boolean isInterrupted() {
    return interrupted;
  }

  /** Serves a request, and tells whether another may follow. */
  boolean serve() throws IOException {
    try {
      if (!http.isDataAvailable(Timeout.DISABLED)) {
        return false;
      }
      connection.enter(Phase.IDLE, context.clientTimeout());
      answer(http.receive());
    } catch (Refusal e) {
      over = true;
      interrupted = true;
      send(e.toReply(), false);
    }
    return !over;
  }

  private void answer(ClassicHttpRequest request) throws IOException {
    connection.enter(Phase.RECEIVING, context.clientTimeout());
    RequestHead head = RequestHead.of(request);
    AwaitedBody body =
        new AwaitedBody(request.getEntity(), head.isContinueExpected(), http, connection::work);
    Optional<CodecReply> page = context.pages().find(head);
    if (page.isPresent()) {
      send(page.get(), head, body);
    } else {
      context.service().handle(request(head, body), reply -> send(reply, head, body));
    }
    if (!over) {
      body.skip();
    }
  }

  private CodecRequest request(RequestHead head, AwaitedBody body) {
    return new CodecRequest(
        head.method(), head.path(), head.query(), head.headers(), body, connection.isLoopback());
  }

  private void send(CodecReply reply, RequestHead head, AwaitedBody body) throws IOException {
    over = !head.isKeptAlive() || !body.isSkippable() || context.draining().getAsBoolean();
    interrupted = over && !body.isConsumed();
    send(reply, head.method().equals("HEAD"));
  }

  private void send(CodecReply reply, boolean bodyless) throws IOException {
    connection.enter(Phase.ANSWERING, context.clientTimeout());
    http.send(reply, bodyless, over);
  }
}
