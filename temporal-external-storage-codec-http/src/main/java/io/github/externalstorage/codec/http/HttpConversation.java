package io.github.externalstorage.codec.http;

import io.github.externalstorage.codec.http.ServerConnection.Phase;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Optional;

/** Requests and replies on one connection. */
final class HttpConversation {

  private final ServerConnection connection;
  private final ServerContext context;
  private final InputStream in;
  private final OutputStream out;
  private boolean over;
  private boolean interrupted;

  HttpConversation(
      ServerConnection connection, ServerContext context, InputStream in, OutputStream out) {
    this.connection = connection;
    this.context = context;
    this.in = in;
    this.out = out;
  }

  /** Whether it ended while the client still had something to say. */
  boolean isInterrupted() {
    return interrupted;
  }

  /** Serves a request, and tells whether another may follow. */
  boolean serve() throws IOException {
    try {
      if (!hasNext()) {
        return false;
      }
      connection.enter(Phase.IDLE, context.clientTimeout());
      Optional<RequestHead> head = RequestHeadReader.read(in);
      if (head.isEmpty()) {
        return false;
      }
      answer(head.get(), BodyInput.of(head.get(), in));
    } catch (Refusal e) {
      over = true;
      interrupted = true;
      send(e.toReply(), false);
    }
    return !over;
  }

  private boolean hasNext() throws IOException {
    in.mark(1);
    int first = in.read();
    in.reset();
    return first >= 0;
  }

  private void answer(RequestHead head, BodyInput unread) throws IOException {
    connection.enter(Phase.RECEIVING, context.clientTimeout());
    AwaitedBody body = new AwaitedBody(unread, head.isContinueExpected(), out, connection::work);
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
    ReplyWriter.write(reply, bodyless, over, out);
  }
}
