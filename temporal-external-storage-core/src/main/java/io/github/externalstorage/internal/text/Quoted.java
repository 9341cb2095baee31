package io.github.externalstorage.internal.text;

import com.google.common.base.Ascii;
import com.google.common.base.CharMatcher;

/**
 * Text from elsewhere in a message: in quotes, on one line, and not too long. What a reference or a
 * claim holds may be forged, and messages end in logs and on terminals.
 */
public final class Quoted {

  /** The most characters of a text that are quoted. */
  public static final int MAX_LENGTH = 200;

  private static final CharMatcher PRINTABLE = CharMatcher.inRange(' ', '~');

  private Quoted() {}

  /**
   * The text in single quotes: at most {@value #MAX_LENGTH} characters of it, the last three of
   * them dots if there were more, and a question mark for each that is not printable ASCII.
   */
  public static String of(String text) {
    String start = Ascii.truncate(text, MAX_LENGTH, "...");
    return "'" + PRINTABLE.negate().replaceFrom(start, '?') + "'";
  }
}
