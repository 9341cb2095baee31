package io.github.externalstorage.testkit.fault;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import com.google.common.base.Splitter;
import java.io.IOException;
import java.util.List;
import java.util.Set;

/** One request and its answer, on their way through. */
final class Exchange {

  private static final Set<String> UPLOADS = Set.of("PUT", "POST");
  private static final byte[] CONTINUE = "HTTP/1.1 100 Continue\r\n\r\n".getBytes(ISO_8859_1);

  private final HttpMessage request;
  private final Connections connections;
  private final List<String> startLine;

  Exchange(HttpMessage request, Connections connections) {
    this.request = request;
    this.connections = connections;
    startLine = Splitter.on(' ').splitToList(request.startLine());
  }

  String method() {
    return startLine.get(0);
  }

  String path() {
    return startLine.get(1);
  }

  /** Has the server answer. What carries the object is sent as told, the rest as it is. */
  void pass(Sender ofObject) throws IOException, InterruptedException {
    boolean isUpload = UPLOADS.contains(method());
    HttpMessage answer = forward(isUpload ? ofObject : Sender.WHOLE);
    answer(answer, isUpload ? Sender.WHOLE : ofObject);
  }

  /** Answers without the server. */
  void answerInPlace(HttpMessage answer) throws IOException, InterruptedException {
    admitBody();
    answer(answer, Sender.WHOLE);
  }

  /** Has the server do it, but the client does not learn of that. */
  void loseAnswer() throws IOException, InterruptedException {
    forward(Sender.WHOLE).drain();
    connections.client().reset();
  }

  private HttpMessage forward(Sender sender) throws IOException, InterruptedException {
    admitBody();
    Wire server = connections.server();
    server.connect(connections.serverAddress());
    sender.send(request, server);
    return HttpMessage.readAnswer(server.input());
  }

  private void answer(HttpMessage answer, Sender sender) throws IOException, InterruptedException {
    // If it were closed with something unread, the connection would be reset.
    request.drain();
    sender.send(answer, connections.client());
  }

  private void admitBody() throws IOException {
    if (request.header("expect").isPresent()) {
      connections.client().write(CONTINUE);
    }
  }
}
