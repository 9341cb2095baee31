package io.github.externalstorage.gcs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The code in the README compiles, because it is compiled here. */
final class ReadmeTest {

  private static final Path SNIPPET =
      Path.of("src/test/java", ReadmeSnippet.class.getName().replace('.', '/').concat(".java"));

  @Test
  void showsCodeThatCompiles() throws IOException {
    String source = Files.readString(SNIPPET);
    String body =
        source.substring(source.indexOf("// Begin\n") + 9, source.indexOf("    // End\n"));
    assertThat(Files.readString(Path.of("..", "README.md")))
        .contains("```java\n" + body.stripTrailing().stripIndent() + "\n```\n");
  }
}
