package io.github.externalstorage.codec.http.internal.payloads;

import io.github.externalstorage.codec.http.internal.protocol.HttpErrorException;

/**
 * Rejects JSON with long names or numbers before it is parsed: the parser needs many times the
 * memory of such a token, and its older versions have no limit.
 */
final class JsonTokens {

  /** In bytes. Newer versions of the parser have the same limits. */
  private static final int MAX_NAME_LENGTH = 50_000;

  private static final int MAX_NUMBER_LENGTH = 1_000;

  private final byte[] json;
  private final int length;

  JsonTokens(byte[] json, int length) {
    this.json = json;
    this.length = length;
  }

  /**
   * Looks at every token. Of malformed JSON, it may look at something else.
   *
   * @throws HttpErrorException 413
   */
  void requireShort() {
    int i = 0;
    while (i < length) {
      if (json[i] == '"') {
        int end = endOfString(i + 1);
        // Only what follows shows that a string is a name.
        if (end - i - 1 > MAX_NAME_LENGTH && isFollowedByColon(end)) {
          throw tooLong("name", MAX_NAME_LENGTH);
        }
        i = end + 1;
      } else if (isInNumber(json[i])) {
        int end = endOfNumber(i);
        if (end - i > MAX_NUMBER_LENGTH) {
          throw tooLong("number", MAX_NUMBER_LENGTH);
        }
        i = end;
      } else {
        i++;
      }
    }
  }

  /**
   * The index of the quotation mark that ends a string, or the length of the JSON if it is cut off.
   *
   * @param start the index behind the first quotation mark
   */
  int endOfString(int start) {
    int i = start;
    while (i < length && json[i] != '"') {
      i += json[i] == '\\' ? 2 : 1;
    }
    return Math.min(i, length);
  }

  private int endOfNumber(int start) {
    int i = start;
    while (i < length && isInNumber(json[i])) {
      i++;
    }
    return i;
  }

  private boolean isFollowedByColon(int endOfString) {
    int i = endOfString + 1;
    while (i < length && json[i] >= 0 && json[i] <= ' ') {
      i++;
    }
    return i < length && json[i] == ':';
  }

  private static boolean isInNumber(byte c) {
    return (c >= '0' && c <= '9') || c == '.' || c == '-' || c == '+' || c == 'e' || c == 'E';
  }

  private static HttpErrorException tooLong(String what, int max) {
    return new HttpErrorException(
        413, "A %s in the body may have at most %d bytes".formatted(what, max));
  }
}
