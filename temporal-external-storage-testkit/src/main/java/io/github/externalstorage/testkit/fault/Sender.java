package io.github.externalstorage.testkit.fault;

import java.io.IOException;

/** Forwards a message: a request to the server, or a response to the client. */
@FunctionalInterface
interface Sender {

  Sender WHOLE =
      (message, to) -> {
        to.write(message.head());
        message.copyBody(Long.MAX_VALUE, to);
      };

  /**
   * Sends a message, possibly with a fault.
   *
   * @throws IOException to reset the connections to both sides
   */
  void send(HttpMessage message, Wire to) throws IOException, InterruptedException;
}
