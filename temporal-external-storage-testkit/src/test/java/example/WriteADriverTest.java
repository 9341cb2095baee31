package example;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The code on the page "Write a driver" compiles and passes, because it is compiled and run here.
 */
class WriteADriverTest {

  private static final Path SOURCES = Path.of("src", "test", "java", "example");
  private static final Path PAGE = Path.of("..", "docs", "write-a-driver.md");

  @ParameterizedTest
  @ValueSource(strings = {"HttpStorageDriver.java", "HttpStorageDriverTest.java"})
  void showsCodeThatIsTested(String file) throws IOException {
    String source = Files.readString(SOURCES.resolve(file));
    int lastImport = source.lastIndexOf("\nimport ");
    String code = source.substring(source.indexOf("\n\n", lastImport) + 2);

    assertThat(Files.readString(PAGE)).contains("```java\n" + code + "```\n");
  }
}
