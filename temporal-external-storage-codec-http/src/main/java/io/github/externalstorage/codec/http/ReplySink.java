package io.github.externalstorage.codec.http;

import java.io.IOException;

/** Where a transport takes the one reply to a request. */
@FunctionalInterface
interface ReplySink {

  /** Sends it to the last byte. */
  void send(CodecReply reply) throws IOException;
}
