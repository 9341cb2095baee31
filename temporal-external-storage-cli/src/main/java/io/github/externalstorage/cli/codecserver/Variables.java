package io.github.externalstorage.cli.codecserver;

import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Puts variables of the environment into texts: <code>${NAME}</code>, or <code>${NAME:-default}
 * </code> for one that may be missing or empty.
 */
record Variables(Map<String, String> environment) {

  private static final Pattern VARIABLE =
      Pattern.compile("\\$\\{([A-Za-z_][A-Za-z0-9_]*)(?::-([^}]*))?}");

  /**
   * The text with the variables' values.
   *
   * @throws IllegalArgumentException if a variable is not set
   */
  String resolve(String text) {
    return VARIABLE.matcher(text).replaceAll(match -> Matcher.quoteReplacement(value(match)));
  }

  private String value(MatchResult match) {
    String value = environment.getOrDefault(match.group(1), "");
    if (!value.isEmpty()) {
      return value;
    }
    @Nullable String otherwise = match.group(2);
    if (otherwise == null) {
      throw new IllegalArgumentException(
          "the variable is not set; set it, or write ${%s:-default}".formatted(match.group(1)));
    }
    return otherwise;
  }
}
