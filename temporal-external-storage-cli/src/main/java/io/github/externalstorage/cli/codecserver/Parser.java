package io.github.externalstorage.cli.codecserver;

/** Makes what is meant of the text of a setting. */
@FunctionalInterface
interface Parser<T> {

  /**
   * Parses a text that is not blank.
   *
   * @throws IllegalArgumentException whose message says what the text must be. It does not quote
   *     the text, which may have come from a variable that is a secret.
   */
  T parse(String text);
}
