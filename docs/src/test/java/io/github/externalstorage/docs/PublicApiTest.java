package io.github.externalstorage.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The public API is what the listings in the folder api say. */
final class PublicApiTest {

  private static final Path LISTINGS = Repository.ROOT.resolve("api");

  static List<String> modules() {
    return PublicApi.modules();
  }

  /** With {@code -Dapi.update}, writes the listing. */
  @ParameterizedTest
  @MethodSource("modules")
  void isAsListed(String module) throws Exception {
    Path file = LISTINGS.resolve(module + ".txt");
    String actual = PublicApi.list(module);
    if (System.getProperty("api.update") != null) {
      Files.writeString(file, actual);
    }

    assertThat(actual.lines())
        .as(
            "the public API of %s, listed in api/%s. If it should change, run api/update, and"
                + " commit the result; CHANGELOG.md says what users have to do",
            module, file.getFileName())
        .containsExactlyElementsOf(Files.readAllLines(file));
  }

  @Test
  void doesNotListWhatIsInternalOrNotPublic() {
    String core = PublicApi.list("temporal-external-storage-core");

    assertThat(core.lines())
        .contains(
            "public final class io.github.externalstorage.ExternalStorage"
                + " implements java.lang.AutoCloseable")
        .noneMatch(line -> line.contains("class io.github.externalstorage.internal"))
        .noneMatch(line -> line.contains("private ") || line.startsWith("final class"));
  }

  @Test
  void everyListingBelongsToAModule() {
    assertThat(Repository.find(LISTINGS, ".txt"))
        .extracting(file -> file.getFileName().toString())
        .containsExactlyInAnyOrderElementsOf(
            modules().stream().map(module -> module + ".txt").toList());
  }
}
