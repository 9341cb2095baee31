package io.github.externalstorage.examples.secrets;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Base64;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Values that must not appear in logs, messages and replies. */
final class Secrets {

  static final String SECRET_KEY = "marked-secret-access-key";
  static final String SESSION_TOKEN = "marked-session-token";
  static final String BEARER_TOKEN = "marked-bearer-token";
  static final String CONTENT = "marked-payload-content";

  private Secrets() {}

  /** All of the values, and the base64 forms of the content at each alignment. */
  static String[] all() {
    return Stream.concat(
            Stream.of(SECRET_KEY, SESSION_TOKEN, BEARER_TOKEN, CONTENT),
            IntStream.range(0, 3).mapToObj(CONTENT::substring).map(Secrets::base64))
        .toArray(String[]::new);
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(UTF_8)).substring(0, 20);
  }
}
