package io.github.externalstorage.codec.http;

import java.io.IOException;
import java.io.OutputStream;

/** What a client is sent, in portions that patience is measured by. */
final class ClientOutput extends OutputStream {

  private static final int PORTION = 64 * 1024;

  private final OutputStream out;
  private final ClientPatience patience;

  ClientOutput(OutputStream out, ClientPatience patience) {
    this.out = out;
    this.patience = patience;
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    for (int i = 0; i < length; i += PORTION) {
      int portion = Math.min(PORTION, length - i);
      out.write(bytes, offset + i, portion);
      patience.extend(portion);
    }
  }

  @Override
  public void flush() throws IOException {
    out.flush();
  }
}
