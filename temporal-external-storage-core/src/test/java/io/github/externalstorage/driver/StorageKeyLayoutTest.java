package io.github.externalstorage.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.common.hash.Hashing;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class StorageKeyLayoutTest {

  private static final String DIGITS =
      "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";
  private static final String UPPER_CASE =
      "0123456789ABCDEF0123456789ABCDEF0123456789ABCDEF0123456789ABCDEF";
  private static final String HASH = Hashing.sha256().hashInt(1).toString();
  private static final String END = "/d/sha256/" + HASH;
  private static final StorageKeyLayout LAYOUT = StorageKeyLayout.getDefault();

  /** HTTP clients, proxies and file systems interpret such segments as path navigation. */
  @ParameterizedTest
  @CsvSource({".,%2E", "..,%2E%2E", "...,...", "a..b,a..b"})
  void haveNoSegmentsThatAreSteps(String id, String segment) {
    StorageKey key =
        LAYOUT.createKey(Optional.of(new StorageDriverWorkflowInfo("ns", id, "run", "Type")), HASH);
    assertThat(key.getValue())
        .isEqualTo("v0/ns/ns/wt/Type/wi/" + segment + "/ri/run/d/sha256/" + HASH);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "a b", "a/b", "größe", "\uD83D\uDCE6", "a+b", "100%", "..", "a\nb"})
  void reportTheOriginalNamespace(String namespace) {
    StorageKey key =
        LAYOUT.createKey(
            Optional.of(new StorageDriverWorkflowInfo(namespace, "id", null, null)), HASH);
    assertThat(key.getNamespace()).contains(namespace);
  }

  /** The maximum length of an id in Temporal: 1,000 bytes. */
  static Stream<String> longIds() {
    return Stream.of(
        "\u6ce8".repeat(120),
        "\ud83d\udce6".repeat(250),
        "%".repeat(1000),
        "order-".repeat(160) + "5f1c9a1e-8d4b-4c7e-9a53-0d2f6b8e1c47");
  }

  @ParameterizedTest
  @MethodSource("longIds")
  void areShortenedWhereIdsAreLong(String id) {
    String runId = "0b7e2c55-6a1f-4d3e-8b90-3c4d5e6f7a8b";
    for (StorageDriverTargetInfo target :
        List.of(
            new StorageDriverWorkflowInfo("gr\u00f6\u00dfe", id, runId, "Type"),
            new StorageDriverActivityInfo("gr\u00f6\u00dfe", id, runId, "Type"))) {
      StorageKey key = LAYOUT.createKey(Optional.of(target), HASH);
      assertThat(key.getValue()).isEqualTo("v0/ns/gr%C3%B6%C3%9Fe/d/sha256/" + HASH);
      assertThat(key.getNamespace()).contains("gr\u00f6\u00dfe");
    }
  }

  @Test
  void areShortenedWithoutANamespaceToo() {
    StorageDriverTargetInfo target =
        new StorageDriverWorkflowInfo(null, "i".repeat(1000), null, null);
    StorageKey key = LAYOUT.createKey(Optional.of(target), HASH);
    assertThat(key.getValue()).isEqualTo("v0/ns/null/d/sha256/" + HASH);
    assertThat(key.getNamespace()).isEmpty();
  }

  @Test
  void areShortenedFrom1025BytesOn() {
    int rest = ("v0/ns/ns/wt/Type/wi//ri/run/d/sha256/" + HASH).length();
    assertThat(of(new StorageDriverWorkflowInfo("ns", "i".repeat(1024 - rest), "run", "Type")))
        .hasSize(1024)
        .startsWith("v0/ns/ns/wt/Type/wi/iii");
    assertThat(of(new StorageDriverWorkflowInfo("ns", "i".repeat(1025 - rest), "run", "Type")))
        .isEqualTo("v0/ns/ns/d/sha256/" + HASH);
  }

  @Test
  void areShortenedWhereSegmentsAreLimited() {
    StorageDriverTargetInfo fitting =
        new StorageDriverWorkflowInfo("ns", "i".repeat(255), "run", "Type");
    StorageDriverTargetInfo tooLong =
        new StorageDriverWorkflowInfo("ns", "i".repeat(252) + "\u00f6", "run", "Type");
    assertThat(layout(255).createKey(Optional.of(fitting), HASH).getValue())
        .isEqualTo(of(fitting))
        .contains("i".repeat(255));
    assertThat(layout(255).createKey(Optional.of(tooLong), HASH).getValue())
        .isEqualTo("v0/ns/ns/d/sha256/" + HASH);
  }

  @Test
  void alwaysContainTheNamespace() {
    assertThat(of(new StorageDriverWorkflowInfo("n".repeat(944), "id", "run", "Type")))
        .hasSize(1024);
    assertThatThrownBy(
            () -> of(new StorageDriverWorkflowInfo("n".repeat(945), "id", "run", "Type")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "the namespace takes up 945 bytes of the object key, but at most 944 are available");
    StorageDriverTargetInfo tooLong =
        new StorageDriverWorkflowInfo("\u6ce8".repeat(29), "id", "run", "Type");
    assertThatThrownBy(() -> layout(255).createKey(Optional.of(tooLong), HASH))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "the namespace takes up 261 bytes of the object key, but at most 255 are available");
  }

  @Test
  void areAtMost1024Bytes() {
    String start = "v0/" + "x".repeat(1021 - END.length());
    assertThat(LAYOUT.parseKey(start + END).getValue()).hasSize(1024);
    assertThatThrownBy(() -> LAYOUT.parseKey(start + "x" + END))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the object key has 1025 bytes, more than the 1024 that are allowed");
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          v0x            | the object key is not under 'v0/'
          v1             | the object key is not under 'v0/'
          /v0            | the object key is not under 'v0/'
          ../v0          | the object key is not under 'v0/'
          v0/../secrets  | the object key has a segment that is empty, '.', '..' or not escaped
          v0/secrets/..  | the object key has a segment that is empty, '.', '..' or not escaped
          v0/./secrets   | the object key has a segment that is empty, '.', '..' or not escaped
          v0//secrets    | the object key has a segment that is empty, '.', '..' or not escaped
          v0/            | the object key has a segment that is empty, '.', '..' or not escaped
          'v0/a\nb'      | the object key has a segment that is empty, '.', '..' or not escaped
          'v0/a\0b'      | the object key has a segment that is empty, '.', '..' or not escaped
          'v0/a\u009fb'  | the object key has a segment that is empty, '.', '..' or not escaped
          v0/%           | the object key has a segment that is empty, '.', '..' or not escaped
          v0/a%2         | the object key has a segment that is empty, '.', '..' or not escaped
          v0/%zz/x       | the object key has a segment that is empty, '.', '..' or not escaped
          """,
      delimiter = '|')
  void ofObjectsThatAreNotPayloadsAreRejected(String start, String message) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> LAYOUT.parseKey(start + END))
        .withMessage(message);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "v0/ns",
        "v0/d/sha256/x",
        "v0/d/sha256",
        "v0/d/md5/" + DIGITS,
        "v0/d/" + DIGITS,
        "v0/d/sha256/" + DIGITS + "0",
        "v0/d/sha256/" + DIGITS + "/x",
        "v0/d/sha256/" + DIGITS + "\u2028",
        "v0/d/sha256/" + UPPER_CASE,
      })
  void withoutAHashAreRejected(String key) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> LAYOUT.parseKey(key))
        .withMessage(
            "the object key does not end in '/d/sha256/' and 64 lower-case hexadecimal digits");
  }

  @ParameterizedTest
  @ValueSource(strings = {"v0", "v0/ns/null", "v0/wt/T/wi/ns/ri/x"})
  void mayContainNoNamespace(String start) {
    assertThat(LAYOUT.parseKey(start + END).getNamespace()).isEmpty();
  }

  /** As those of Google Cloud Storage. */
  @Test
  void mayLeaveMostCharactersAsTheyAre() {
    StorageKeyLayout layout =
        StorageKeyLayout.newBuilder()
            .setEscaper(value -> value.replace("%", "%25").replace("/", "%2F"))
            .build();
    StorageDriverTargetInfo target = new StorageDriverActivityInfo("größe 100%", "a/b", "..", "注文");

    StorageKey key = layout.createKey(Optional.of(target), HASH);

    assertThat(key.getValue())
        .isEqualTo("v0/ns/größe 100%25/at/注文/ai/a%2Fb/ri/%2E%2E" + END)
        .isEqualTo(key.toString());
    assertThat(key.getNamespace()).contains("größe 100%");
    assertThat(key).isEqualTo(LAYOUT.parseKey(key.getValue()));
  }

  @Test
  void areLimitedInBytes() {
    StorageKeyLayout layout =
        StorageKeyLayout.newBuilder().setEscaper(value -> value).setMaxLength(256).build();
    int rest = ("v0/ns/ns/wt/Type/wi//ri/run" + END).length();
    String longest = "ö".repeat((256 - rest) / 2);

    assertThat(
            layout.createKey(
                Optional.of(new StorageDriverWorkflowInfo("ns", longest, "run", "Type")), HASH))
        .asString()
        .contains(longest);
    assertThat(
            layout.createKey(
                Optional.of(new StorageDriverWorkflowInfo("ns", longest + "ö", "run", "Type")),
                HASH))
        .hasToString("v0/ns/ns" + END);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> layout.parseKey("v0/" + "ö".repeat(127)))
        .withMessage("the object key has 257 bytes, more than the 256 that are allowed");
  }

  @Test
  void limitsAreChecked() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> StorageKeyLayout.newBuilder().setMaxLength(255))
        .withMessage("maxLength must be at least 256, not 255");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> layout(63))
        .withMessage("maxSegmentLength must be at least 64, not 63");
  }

  @Test
  void areParsedFromClaims() {
    String key = "v0" + END;
    assertThat(LAYOUT.parseKey(new StorageDriverClaim(Map.of("key", key)))).hasToString(key);

    for (Map<String, String> data : List.of(Map.of("key", "\n../x"), Map.<String, String>of())) {
      StorageException failure =
          catchThrowableOfType(
              StorageException.class, () -> LAYOUT.parseKey(new StorageDriverClaim(data)));
      assertThat(failure.getReason()).isEqualTo(StorageException.Reason.INVALID_CLAIM);
      assertThat(failure)
          .hasMessage(
              "The claim is invalid [key='%s']: the object key is not under 'v0/'"
                  .formatted(data.isEmpty() ? "" : "?../x"));
    }
  }

  private static StorageKeyLayout layout(int maxSegmentLength) {
    return StorageKeyLayout.newBuilder().setMaxSegmentLength(maxSegmentLength).build();
  }

  private static String of(StorageDriverTargetInfo target) {
    return LAYOUT.createKey(Optional.of(target), HASH).getValue();
  }
}
