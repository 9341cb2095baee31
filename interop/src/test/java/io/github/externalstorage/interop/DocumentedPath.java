package io.github.externalstorage.interop;

import static java.util.stream.Collectors.toUnmodifiableMap;
import static java.util.stream.Collectors.toUnmodifiableSet;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.base.Splitter;
import com.google.common.collect.Maps;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A row of the table in {@code docs/payload-paths.md}.
 *
 * @param places where histories may have a reference
 * @param keys what each SDK stores the payload under
 */
record DocumentedPath(String name, Set<String> places, Map<Sdk, Set<String>> keys) {

  private static final Path FILE = Path.of("..", "docs", "payload-paths.md");
  private static final Pattern ROW = Pattern.compile("\\| [a-z][a-z-]* \\|.*");
  private static final Splitter CELLS = Splitter.on('|').trimResults();
  private static final Pattern CODE = Pattern.compile("`([^`]+)`");

  /** The rows by the path's name. */
  static Map<String, DocumentedPath> readAll() throws IOException {
    try (Stream<String> lines = Files.lines(FILE)) {
      return lines
          .filter(line -> ROW.matcher(line).matches())
          .map(DocumentedPath::of)
          .collect(toUnmodifiableMap(DocumentedPath::name, Function.identity()));
    }
  }

  /** Checks what became of a payload that went from one of these SDKs to another. */
  void check(SentPath sent, Set<Sdk> sdks) {
    Set<String> possible =
        Maps.filterKeys(keys, sdks::contains).values().stream()
            .flatMap(Set::stream)
            .collect(toUnmodifiableSet());
    assertThat(sent.stored()).as("%s is stored", name).isTrue();
    assertThat(sent.history().values()).as("%s in histories", name).allMatch("reference"::equals);
    assertThat(places).as("Places of %s", name).containsAll(sent.history().keySet());
    assertThat(possible).as("Keys of %s", name).containsAll(sent.keys());
    if (sdks.size() == 1) {
      assertThat(sent.keys()).as("Keys of %s", name).isEqualTo(possible);
    }
  }

  private static DocumentedPath of(String row) {
    List<String> cells = CELLS.splitToList(row);
    Set<String> python = keys(cells.get(3));
    return new DocumentedPath(
        cells.get(1),
        codes(cells.get(2)),
        Map.of(
            Sdk.PYTHON, python,
            Sdk.JAVA_NATIVE, isSame(cells.get(4)) ? python : keys(cells.get(4)),
            Sdk.JAVA_CODEC, isSame(cells.get(5)) ? python : keys(cells.get(5))));
  }

  private static boolean isSame(String cell) {
    return cell.equals("same");
  }

  private static Set<String> keys(String cell) {
    return codes(cell).stream().map(DocumentedPath::key).collect(toUnmodifiableSet());
  }

  private static String key(String target) {
    return target.equals("none")
        ? "v0/d/sha256/{hash}"
        : "v0/ns/%s/%s/d/sha256/{hash}"
            .formatted(Servers.NAMESPACE, target.replace("{id}", "every-path-{run}"));
  }

  private static Set<String> codes(String cell) {
    return CODE.matcher(cell).results().map(code -> code.group(1)).collect(toUnmodifiableSet());
  }
}
