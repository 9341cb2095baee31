package io.github.externalstorage.worker;

import io.temporal.api.common.v1.Payload;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Texts that are large enough to be stored, and that contain their origin. */
final class LargeText {

  private static final String FILLER = ".".repeat(2 * StorageEnvironment.THRESHOLD);
  private static final Pattern LABEL = Pattern.compile("\"([^\":]*):\\.\\.");

  private LargeText() {}

  static String of(String label) {
    return label + ":" + FILLER;
  }

  static String labelOf(Payload payload) {
    Matcher label = LABEL.matcher(payload.getData().toStringUtf8());
    return label.find() ? label.group(1) : "?";
  }
}
