package io.github.externalstorage.codec.http;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.ProtocolException;

/**
 * A body in chunks, see <a href="https://www.rfc-editor.org/rfc/rfc9112#section-7.1">RFC 9112,
 * section 7.1</a>. Extensions and trailers are skipped.
 */
final class ChunkedInput extends BodyInput {

  private static final int MAX_LINE_LENGTH = 1024;
  private static final int MAX_TRAILER_LINES = 100;

  private final InputStream in;
  private long chunk;
  private boolean begun;
  private boolean finished;

  ChunkedInput(InputStream in) {
    this.in = in;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    if (chunk == 0 && !finished) {
      nextChunk();
    }
    if (finished) {
      return -1;
    }
    int n = in.read(bytes, offset, (int) Math.min(length, chunk));
    if (n < 0) {
      throw new EOFException();
    }
    chunk -= n;
    return n;
  }

  @Override
  long remaining() {
    return finished ? 0 : Long.MAX_VALUE;
  }

  private void nextChunk() throws IOException {
    if (begun && !readLine().isEmpty()) {
      throw new ProtocolException("A chunk is longer than it says");
    }
    begun = true;
    chunk = size(readLine());
    if (chunk == 0) {
      skipTrailers();
      finished = true;
    }
  }

  private static long size(String line) throws IOException {
    int end = line.indexOf(';');
    String hex = (end < 0 ? line : line.substring(0, end)).stripTrailing();
    if (!hex.matches("[0-9A-Fa-f]{1,15}")) {
      throw new ProtocolException("A chunk's size is malformed");
    }
    return Long.parseLong(hex, 16);
  }

  private void skipTrailers() throws IOException {
    for (int i = 0; !readLine().isEmpty(); i++) {
      if (i == MAX_TRAILER_LINES) {
        throw new ProtocolException("There are too many trailers");
      }
    }
  }

  private String readLine() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int b = in.read(); b != '\n'; b = in.read()) {
      if (b < 0) {
        throw new EOFException();
      }
      if (line.length() == MAX_LINE_LENGTH) {
        throw new ProtocolException("A chunk's size line is too long");
      }
      line.append((char) b);
    }
    int end = line.length() - 1;
    if (end < 0 || line.charAt(end) != '\r') {
      throw new ProtocolException("A line does not end with CR LF");
    }
    return line.substring(0, end);
  }
}
