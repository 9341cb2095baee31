package io.github.externalstorage.gcs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The code on the page about Google Cloud Storage compiles, because it is compiled here. */
final class DocumentationTest {

  private static final Path SNIPPET =
      Path.of(
          "src/test/java", DocumentationSnippet.class.getName().replace('.', '/').concat(".java"));

  @Test
  void showsCodeThatCompiles() throws IOException {
    String source = Files.readString(SNIPPET);
    String body =
        source.substring(source.indexOf("// Begin\n") + 9, source.indexOf("    // End\n"));
    assertThat(Files.readString(Path.of("..", "docs", "google-cloud-storage.md")))
        .contains("```java\n" + body.stripTrailing().stripIndent() + "\n```\n");
  }
}
