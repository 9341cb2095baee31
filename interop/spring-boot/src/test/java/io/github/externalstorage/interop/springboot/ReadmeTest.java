package io.github.externalstorage.interop.springboot;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The README's snippet is identical to the tested code. */
final class ReadmeTest {

  private static final Path SOURCES =
      Path.of("src", "test", "java", "io", "github", "externalstorage", "interop", "springboot");

  @Test
  void theSnippetIsTheConfiguration() throws IOException {
    String source = Files.readString(SOURCES.resolve("StorageConfiguration.java"));

    assertThat(Files.readString(Path.of("..", "..", "README.md")))
        .contains("```java\n" + source.substring(source.indexOf("@Configuration\n")) + "```\n");
  }
}
