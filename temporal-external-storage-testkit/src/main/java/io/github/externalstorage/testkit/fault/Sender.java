package io.github.externalstorage.testkit.fault;

import java.io.IOException;

/** Passes a message on: to the server a request, to the client an answer. */
@FunctionalInterface
interface Sender {

  Sender WHOLE =
      (message, to) -> {
        to.write(message.head());
        message.copyBody(Long.MAX_VALUE, to);
      };

  /**
   * Sends a message, or what becomes of it.
   *
   * @throws IOException if the connections to both sides are to be reset
   */
  void send(HttpMessage message, Wire to) throws IOException, InterruptedException;
}
