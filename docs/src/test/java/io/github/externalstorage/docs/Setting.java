package io.github.externalstorage.docs;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A setting, of whose description the default is a sentence.
 *
 * @param defaultValue a dash if the description names none
 */
record Setting(String defaultValue, String meaning) {

  private static final String NONE = "–";
  private static final Pattern DEFAULT =
      Pattern.compile(
          "(?:Default(?: with one storing driver)?: |The default is )(.*?)\\.(?=\\s|$|<br>)");

  static Setting parse(String description) {
    Matcher matcher = DEFAULT.matcher(description);
    if (!matcher.find()) {
      return new Setting(NONE, description.strip());
    }
    String rest = description.substring(0, matcher.start()) + description.substring(matcher.end());
    return new Setting(
        matcher.group(1), rest.replaceAll(" {2,}", " ").replaceAll(" ?<br>$", "").strip());
  }
}
