package io.github.externalstorage.s3;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The document lists exactly the faults that the tests cover, with the tested results. */
final class FailureModesDocumentTest {

  private static final Path FILE = Path.of("..", "docs", "failure-modes.md");
  private static final String HEADER = "| Fault | Request |";

  @Test
  void rowsAreThoseOfTheTests() throws IOException {
    List<String> rows =
        Files.readAllLines(FILE).stream()
            .dropWhile(line -> !line.startsWith(HEADER))
            .skip(2)
            .takeWhile(line -> line.startsWith("|"))
            .toList();

    assertThat(rows)
        .containsExactlyElementsOf(FailureMode.ALL.stream().map(FailureMode::toRow).toList());
  }
}
