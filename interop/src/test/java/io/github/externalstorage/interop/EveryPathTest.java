package io.github.externalstorage.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A payload of 300 KiB on every path arrives unchanged, is stored, and has the key that {@code
 * docs/payload-paths.md} documents for the SDK that sent it.
 */
@InteropTest
final class EveryPathTest {

  private final String name = Names.unique("every-path");

  @ParameterizedTest(name = "{0} starts, {1} works")
  @CsvSource({
    "PYTHON, PYTHON",
    "PYTHON, JAVA_NATIVE",
    "PYTHON, JAVA_CODEC",
    "JAVA_NATIVE, PYTHON",
    "JAVA_NATIVE, JAVA_NATIVE",
    "JAVA_CODEC, PYTHON",
    "JAVA_CODEC, JAVA_CODEC"
  })
  void everyPath(Sdk starter, Sdk worker, Stage stage) throws Exception {
    worker.work(stage, name);
    starter.start(stage, name, name);

    Map<String, SentPath> sent = SentPath.readAll(stage, name);
    Map<String, DocumentedPath> documented = DocumentedPath.readAll();
    assertThat(sent).containsOnlyKeys(documented.keySet());
    sent.forEach(
        (path, found) ->
            assertThat(documented.get(path))
                .satisfies(expected -> expected.check(found, EnumSet.of(starter, worker))));
  }
}
