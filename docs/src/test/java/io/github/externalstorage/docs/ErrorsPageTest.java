package io.github.externalstorage.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.externalstorage.driver.StorageException.Reason;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The page "Errors" has a row for each error of the code. */
final class ErrorsPageTest {

  /** Where the part of a message ends that the page shows: the rest is the remedy. */
  private static final Pattern END = Pattern.compile("(?<=.{15})(?:; |: |\\. | \\[)");

  /** What is in front of the messages of drivers, as the page describes. */
  private static final List<String> PREFIXES =
      List.of("S3 … failed [", "GCS … failed [", "File … failed [");

  private final String page = Repository.read(Repository.DOCS.resolve("errors.md"));

  @ParameterizedTest
  @ValueSource(strings = {"core", "s3", "gcs", "codec-http", "spring-boot-starter"})
  void explainsEachMessage(String module) {
    Map<String, String> missing = new TreeMap<>();
    for (String message :
        ErrorMessages.in(Repository.sources("temporal-external-storage-" + module))) {
      String shown = END.split(message.replaceFirst("^…\\. ", ""), 2)[0];
      if (PREFIXES.stream().noneMatch(message::startsWith) && !page.contains("`" + shown)) {
        missing.put(message, shown);
      }
    }
    assertThat(missing).isEmpty();
  }

  @Test
  void explainsEachReason() {
    assertThat(Arrays.stream(Reason.values()).map(it -> "\n| `" + it + "` |"))
        .allSatisfy(row -> assertThat(page).contains(row));
  }

  @Test
  void explainsEachStatusOfTheCodecServer() {
    assertThat(CodecServerStatuses.inCode())
        .hasSizeGreaterThan(10)
        .allSatisfy(status -> assertThat(page).contains("\n| " + status + " |"));
  }
}
