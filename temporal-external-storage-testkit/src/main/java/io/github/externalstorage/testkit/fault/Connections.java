package io.github.externalstorage.testkit.fault;

import java.net.Socket;
import java.net.URI;

/**
 * The two connections of one request.
 *
 * @param server not connected before it is needed
 * @param serverAddress where to
 */
record Connections(Wire client, Wire server, URI serverAddress) {

  Connections(Socket client, URI serverAddress) {
    this(new Wire(client), new Wire(new Socket()), serverAddress);
  }

  void close() {
    client.close();
    server.close();
  }

  void reset() {
    client.reset();
    server.reset();
  }
}
