package io.github.externalstorage.examples.secrets;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Base64;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** What nobody may read outside of where it belongs. */
final class Secrets {

  static final String SECRET_KEY = "marked-secret-access-key";
  static final String SESSION_TOKEN = "marked-session-token";
  static final String BEARER_TOKEN = "marked-bearer-token";
  static final String CONTENT = "marked-payload-content";

  private Secrets() {}

  /** All of them, and the content as base64 would show it, wherever it begins. */
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
