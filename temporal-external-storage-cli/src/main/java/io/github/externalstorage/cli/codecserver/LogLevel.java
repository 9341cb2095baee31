package io.github.externalstorage.cli.codecserver;

import java.util.List;
import java.util.Map;

/** How much is logged, as the environment says. Of SLF4J's simple logger. */
final class LogLevel {

  static final String VARIABLE = "CODEC_SERVER_LOG_LEVEL";
  static final List<String> NAMES = List.of("trace", "debug", "info", "warn", "error", "off");

  private static final String PROPERTY = "org.slf4j.simpleLogger.defaultLogLevel";

  private LogLevel() {}

  /** To be called before the first logger is made, which is when the level is read. */
  static void apply(Map<String, String> environment) {
    String level = environment.getOrDefault(VARIABLE, "").strip();
    if (!level.isEmpty()) {
      System.setProperty(PROPERTY, level);
    }
  }

  /** Whether this is a level, or nothing. */
  static boolean isKnown(String level) {
    return level.isEmpty() || NAMES.contains(level);
  }
}
