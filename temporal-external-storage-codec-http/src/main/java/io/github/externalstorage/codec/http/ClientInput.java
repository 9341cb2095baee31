package io.github.externalstorage.codec.http;

import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.net.Socket;
import org.apache.hc.core5.http.MessageConstraintException;

/** What a client sends, as long as there is patience. Made for reading into arrays. */
final class ClientInput extends FilterInputStream {

  /** About that much, as what follows a head may be read with it. */
  private static final int MAX_HEAD_SIZE = 64 * 1024;

  private static final int NO_HEAD = -1;

  private final Socket socket;
  private final ClientPatience patience;
  private int headRoom = NO_HEAD;

  ClientInput(Socket socket, ClientPatience patience) throws IOException {
    super(socket.getInputStream());
    this.socket = socket;
    this.patience = patience;
  }

  /** From now on a head is read, which must be whole, and not too large. */
  void beginHead() {
    headRoom = MAX_HEAD_SIZE;
  }

  void endHead() {
    headRoom = NO_HEAD;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    socket.setSoTimeout(patience.remainingMillis());
    int n = super.read(bytes, offset, length);
    patience.extend(Math.max(n, 0));
    if (headRoom != NO_HEAD) {
      countHead(n);
    }
    return n;
  }

  private void countHead(int bytes) throws IOException {
    if (bytes < 0) {
      throw new EOFException();
    }
    if (bytes > headRoom) {
      throw new MessageConstraintException("The head is too large");
    }
    headRoom -= bytes;
  }
}
