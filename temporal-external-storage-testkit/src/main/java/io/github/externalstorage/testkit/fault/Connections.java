package io.github.externalstorage.testkit.fault;

import java.net.Socket;
import java.net.URI;

/**
 * The two connections of one request.
 *
 * @param server connected on first use
 * @param serverAddress the address of the server
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
