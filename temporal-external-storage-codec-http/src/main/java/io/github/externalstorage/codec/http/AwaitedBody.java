package io.github.externalstorage.codec.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.hc.core5.http.HttpEntity;
import org.jspecify.annotations.Nullable;

/** A body that the client may hold back until it is wanted. Tells when all of it has arrived. */
final class AwaitedBody extends InputStream {

  private static final int MAX_SKIPPED = 64 * 1024;
  private static final long UNKNOWN = Long.MAX_VALUE;

  private final InputStream body;
  private final Http1Connection http;
  private final Runnable arrived;
  private long remaining;
  private boolean heldBack;
  private boolean broken;

  /**
   * @param entity what the head announces, null for no body
   * @param heldBack whether the client waits to be told to send
   * @param http where it is told
   * @param arrived run when the last byte was read
   */
  AwaitedBody(@Nullable HttpEntity entity, boolean heldBack, Http1Connection http, Runnable arrived)
      throws IOException {
    body = entity == null ? nullInputStream() : entity.getContent();
    long length = entity == null ? 0 : entity.getContentLength();
    remaining = length < 0 ? UNKNOWN : length;
    this.heldBack = heldBack;
    this.http = http;
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
      http.sendContinue();
    }
    broken = true;
    int n = body.read(bytes, offset, length);
    broken = false;
    if (n < 0) {
      remaining = 0;
    } else if (remaining != UNKNOWN) {
      remaining -= n;
    }
    if (remaining == 0) {
      arrived.run();
    }
    return n;
  }

  /** Whether nothing of it is left on the connection. */
  boolean isConsumed() {
    return remaining == 0;
  }

  /** Whether the rest is so small, and on its way, that reading it saves the connection. */
  boolean isSkippable() {
    return isConsumed() || (!heldBack && !broken && remaining <= MAX_SKIPPED);
  }

  void skip() throws IOException {
    body.transferTo(OutputStream.nullOutputStream());
  }
}
