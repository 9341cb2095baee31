package io.github.externalstorage.testkit.fault;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import com.google.common.base.Splitter;
import java.io.IOException;
import java.util.List;
import java.util.Set;

/** One request through the proxy, and its response. */
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

  /**
   * Forwards the request and the response. The message that contains the object is sent by {@code
   * ofObject}, the other one unchanged.
   */
  void pass(Sender ofObject) throws IOException, InterruptedException {
    boolean isUpload = UPLOADS.contains(method());
    HttpMessage answer = forward(isUpload ? ofObject : Sender.WHOLE);
    answer(answer, isUpload ? Sender.WHOLE : ofObject);
  }

  /** Responds without contacting the server. */
  void respondWithoutServer(HttpMessage answer) throws IOException, InterruptedException {
    admitBody();
    answer(answer, Sender.WHOLE);
  }

  /**
   * Lets the server process the request, but resets the client's connection instead of responding.
   */
  void loseResponse() throws IOException, InterruptedException {
    forward(Sender.WHOLE).drain();
    connections.client().reset();
  }

  private HttpMessage forward(Sender sender) throws IOException, InterruptedException {
    admitBody();
    Wire server = connections.server();
    server.connect(connections.serverAddress());
    sender.send(request, server);
    return HttpMessage.readResponse(server.input());
  }

  private void answer(HttpMessage answer, Sender sender) throws IOException, InterruptedException {
    // Closing the connection with unread data would reset it.
    request.drain();
    sender.send(answer, connections.client());
  }

  private void admitBody() throws IOException {
    if (request.header("expect").isPresent()) {
      connections.client().write(CONTINUE);
    }
  }
}
