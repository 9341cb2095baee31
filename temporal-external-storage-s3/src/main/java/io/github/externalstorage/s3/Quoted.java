package io.github.externalstorage.s3;

import com.google.common.base.Ascii;
import com.google.common.base.CharMatcher;

/** Text from elsewhere in an error message: in quotes, on one line, and not too long. */
final class Quoted {

  private static final int MAX_LENGTH = 200;
  private static final CharMatcher PRINTABLE = CharMatcher.inRange(' ', '~');

  private Quoted() {}

  static String of(String text) {
    String start = Ascii.truncate(text, MAX_LENGTH, "...");
    return "'" + PRINTABLE.negate().replaceFrom(start, '?') + "'";
  }
}
