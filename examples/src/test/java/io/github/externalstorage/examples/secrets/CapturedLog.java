package io.github.externalstorage.examples.secrets;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;

/**
 * Captures everything that is logged while it is open: of this project at every level, which the
 * build enables, and of other libraries at the level of the root logger.
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
