package io.github.externalstorage.codec.http;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.net.Socket;

/** What a client is sent, in portions that patience is measured by. */
final class ClientOutput extends FilterOutputStream {

  private static final int PORTION = 64 * 1024;

  private final ClientPatience patience;

  ClientOutput(Socket socket, ClientPatience patience) throws IOException {
    super(socket.getOutputStream());
    this.patience = patience;
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    for (int i = 0; i < length; i += PORTION) {
      int portion = Math.min(PORTION, length - i);
      out.write(bytes, offset + i, portion);
      patience.extend(portion);
    }
  }
}
