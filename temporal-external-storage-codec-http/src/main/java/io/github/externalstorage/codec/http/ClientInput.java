package io.github.externalstorage.codec.http;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;

/** What a client sends, as long as there is patience. */
final class ClientInput extends InputStream {

  private final Socket socket;
  private final InputStream in;
  private final ClientPatience patience;

  ClientInput(Socket socket, ClientPatience patience) throws IOException {
    this.socket = socket;
    this.patience = patience;
    in = socket.getInputStream();
  }

  @Override
  public int read() throws IOException {
    byte[] single = new byte[1];
    return read(single, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(single[0]);
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    socket.setSoTimeout(patience.remainingMillis());
    int n = in.read(bytes, offset, length);
    patience.extend(Math.max(n, 0));
    return n;
  }
}
