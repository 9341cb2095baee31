package io.github.externalstorage.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A page, or a part of it, that is generated from the code. */
final class GeneratedPage {

  private GeneratedPage() {}

  /** Writes the page with {@code -Ddocs.update}; otherwise fails if it is out of date. */
  static void verify(String name, String content) throws IOException {
    Path page = Repository.DOCS.resolve(name);
    if (Boolean.getBoolean("docs.update") || "".equals(System.getProperty("docs.update"))) {
      Files.writeString(page, content);
    }
    assertThat(Files.readString(page))
        .as("docs/%s is out of date: run docs/update, and commit the result", name)
        .isEqualTo(content);
  }
}
