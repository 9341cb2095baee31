package io.github.externalstorage.docs;

import org.junit.jupiter.api.Test;

/** The page "Settings" is what the code says. */
final class SettingsPageTest {

  private static final String HEAD =
      """
      # Settings

      <!-- Generated from the code by docs/update. -->

      All settings, with their units, defaults and limits:

      - [Spring Boot](#spring-boot): the properties of the starter
      - [The operator's program](#the-operators-program): its file and the options of its commands
      - [Builders](#builders): the setters, from their Javadoc
      """;

  @Test
  void isUpToDate() throws Exception {
    GeneratedPage.verify(
        "settings.md",
        HEAD
            + "\n## Spring Boot\n"
            + SpringSettings.toMarkdown()
            + "\n## The operator's program\n"
            + ProgramSettings.toMarkdown()
            + "\n## Builders\n"
            + BuilderSettings.toMarkdown());
  }
}
