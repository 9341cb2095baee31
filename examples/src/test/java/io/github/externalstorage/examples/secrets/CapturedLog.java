package io.github.externalstorage.examples.secrets;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;

/**
 * Everything that is logged while this is open: ours at every level, as the build sets it, and of
 * all others what the root lets through.
 */
final class CapturedLog implements AutoCloseable {

  private final ByteArrayOutputStream written = new ByteArrayOutputStream();
  private final PrintStream before = System.err;

  CapturedLog() {
    System.setErr(new PrintStream(written, true, UTF_8));
  }

  String text() {
    return written.toString(UTF_8);
  }

  @Override
  public void close() {
    System.setErr(before);
  }
}
