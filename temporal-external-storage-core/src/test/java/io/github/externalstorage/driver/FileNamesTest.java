package io.github.externalstorage.driver;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.google.common.base.Ascii;
import com.google.common.hash.Hashing;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

final class FileNamesTest {

  private static final String HASH = Hashing.sha256().hashInt(1).toString();

  @Example
  void areReadableWhereTheyCanBe() {
    assertThat(FileNames.escape("order-1_2.b")).isEqualTo("order-1_2.b");
    assertThat(FileNames.escape("ProcessOrder")).isEqualTo("%50rocess%4Frder");
    assertThat(FileNames.escape("größe 100%")).isEqualTo("gr%C3%B6%C3%9Fe%20100%25");
    assertThat(FileNames.escape("a/b\\c")).isEqualTo("a%2Fb%5Cc");
    assertThat(FileNames.escape("...")).isEqualTo("%2E.%2E");
    assertThat(FileNames.escape(".git")).isEqualTo("%2Egit");
    assertThat(FileNames.escape("end. ")).isEqualTo("end.%20");
  }

  /** Windows opens these devices in every directory, whatever the extension. */
  @Example
  void areNoDevicesOfWindows() {
    assertThat(FileNames.escape("con")).isEqualTo("%63on");
    assertThat(FileNames.escape("aux.txt")).isEqualTo("%61ux.txt");
    assertThat(FileNames.escape("com1.tar.gz")).isEqualTo("%63om1.tar.gz");
    assertThat(FileNames.escape("lpt9")).isEqualTo("%6Cpt9");
    assertThat(FileNames.escape("console")).isEqualTo("console");
    assertThat(FileNames.escape("com10")).isEqualTo("com10");
    assertThat(FileNames.escape("nul-1")).isEqualTo("nul-1");
  }

  @Property(seed = "1", tries = 2000)
  void areSafeOnEveryFileSystem(@ForAll("values") String value) {
    String name = FileNames.escape(value);

    assertThat(name).matches("(?:[a-z0-9_.-]|%[0-9A-F]{2})+").doesNotMatch("\\..*|.*\\.");
    assertThat(name)
        .doesNotMatch("(?:con|prn|aux|nul|com\\d|lpt\\d)(?:\\..*)?")
        .isNotEqualTo(StorageKey.UNKNOWN.equals(value) ? "" : StorageKey.UNKNOWN);
    assertThat(StorageKey.decode(name)).isEqualTo(value);
  }

  @Property(seed = "2", tries = 2000)
  void differInMoreThanCase(@ForAll("values") String one, @ForAll("values") String other) {
    assertThat(
            Ascii.toLowerCase(FileNames.escape(one))
                .equals(Ascii.toLowerCase(FileNames.escape(other))))
        .isEqualTo(one.equals(other));
  }

  @Property(seed = "3", tries = 1000)
  void makeKeysThatFit(
      @ForAll("values") String namespace,
      @ForAll("values") String id,
      @ForAll("values") String type) {
    StorageDriverTargetInfo target = new StorageDriverWorkflowInfo(namespace, id, "run", type);
    if (FileNames.escape(namespace).length() > 255) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> FileNames.LAYOUT.createKey(Optional.of(target), HASH))
          .withMessageStartingWith("the namespace takes up ");
      return;
    }

    StorageKey key = FileNames.LAYOUT.createKey(Optional.of(target), HASH);

    assertThat(FileNames.parse(key.getValue())).isEqualTo(key);
    assertThat(key.getValue()).hasSizeLessThanOrEqualTo(768);
    assertThat(key.getSegments()).allSatisfy(name -> assertThat(name.length()).isBetween(1, 255));
    assertThat(key.getNamespace())
        .isEqualTo(Optional.of(namespace).filter(it -> !it.equals("null")));
  }

  /** On a file system that ignores case or shortens names, these lead to a file of another key. */
  @Example
  void haveOneSpelling() {
    for (String spelling :
        List.of(
            "Ns", "%6Es", "n%c3%b6", "n\u00f6", "ns.", ".ns", "ns ", "con", "ns~1", "a:b",
            "a\\b")) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> FileNames.parse("v0/ns/" + spelling + "/d/sha256/" + HASH))
          .withMessage(
              "the object key has a segment that is not the name of a file of this driver");
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> FileNames.parse("v0/ns/" + "n".repeat(256) + "/d/sha256/" + HASH));
    assertThat(FileNames.parse("v0/ns/n%C3%B6/d/sha256/" + HASH).getNamespace()).contains("nö");
  }

  @Provide
  Arbitrary<String> values() {
    return Arbitraries.oneOf(
            Arbitraries.strings().ofMinLength(1).ofMaxLength(40),
            Arbitraries.strings()
                .withChars("aA.%~ \u0000\n\u00f6\u00d6\u212a")
                .ofMinLength(1)
                .ofMaxLength(4),
            Arbitraries.integers().between(60, 300).map("x"::repeat),
            Arbitraries.integers().between(60, 300).map("X"::repeat),
            Arbitraries.of(
                "...",
                "null",
                "NULL",
                "nul",
                "NUL.txt",
                "lpt1",
                "%2E%2E",
                "../../secrets",
                "con.",
                "con.%"))
        .filter(value -> UTF_8.newEncoder().canEncode(value))
        .filter(value -> !value.equals(".") && !value.equals(".."));
  }
}
