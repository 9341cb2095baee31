package io.github.externalstorage.codec.http;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/** A body of a length that is known before. */
final class FixedLengthInput extends BodyInput {

  private final InputStream in;
  private long remaining;

  FixedLengthInput(InputStream in, long length) {
    this.in = in;
    remaining = length;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    if (remaining == 0) {
      return -1;
    }
    int n = in.read(bytes, offset, (int) Math.min(length, remaining));
    if (n < 0) {
      throw new EOFException();
    }
    remaining -= n;
    return n;
  }

  @Override
  long remaining() {
    return remaining;
  }
}
