package io.github.externalstorage.interop.springboot;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The README's snippet is the configuration of the tested application. */
final class ReadmeTest {

  @Test
  void theSnippetIsTheConfiguration() throws IOException {
    Path application = Path.of("..", "spring-boot", "src", "test", "resources", "application.yml");

    assertThat(Files.readString(Path.of("..", "..", "README.md")))
        .contains("```yaml\n" + Files.readString(application) + "```\n");
  }
}
