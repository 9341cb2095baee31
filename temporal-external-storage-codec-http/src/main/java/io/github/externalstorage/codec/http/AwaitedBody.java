package io.github.externalstorage.codec.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** A body that the client may hold back until it is wanted. Tells when all of it has arrived. */
final class AwaitedBody extends InputStream {

  private static final byte[] CONTINUE =
      "HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
  private static final int MAX_SKIPPED = 64 * 1024;

  private final BodyInput body;
  private final OutputStream out;
  private final Runnable arrived;
  private boolean heldBack;
  private boolean broken;

  /**
   * @param heldBack whether the client waits to be told to send
   * @param out where it is told
   * @param arrived run when the last byte was read
   */
  AwaitedBody(BodyInput body, boolean heldBack, OutputStream out, Runnable arrived) {
    this.body = body;
    this.heldBack = heldBack;
    this.out = out;
    this.arrived = arrived;
  }

  @Override
  public int read() throws IOException {
    byte[] single = new byte[1];
    return read(single, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(single[0]);
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    if (heldBack) {
      heldBack = false;
      out.write(CONTINUE);
      out.flush();
    }
    broken = true;
    int n = body.read(bytes, offset, length);
    broken = false;
    if (body.remaining() == 0) {
      arrived.run();
    }
    return n;
  }

  /** Whether nothing of it is left on the connection. */
  boolean isConsumed() {
    return body.remaining() == 0;
  }

  /** Whether the rest is so small, and on its way, that reading it saves the connection. */
  boolean isSkippable() {
    return isConsumed() || (!heldBack && !broken && body.remaining() <= MAX_SKIPPED);
  }

  void skip() throws IOException {
    body.transferTo(OutputStream.nullOutputStream());
  }
}
