package io.github.externalstorage.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.hash.HashCode;
import com.google.common.hash.Hashing;
import io.github.externalstorage.driver.StorageDriverActivityInfo;
import io.github.externalstorage.driver.StorageDriverTargetInfo;
import io.github.externalstorage.driver.StorageDriverWorkflowInfo;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class S3KeysTest {

  private static final HashCode HASH = Hashing.sha256().hashInt(1);

  @ParameterizedTest
  @MethodSource("io.github.externalstorage.s3.GoldenVector#all")
  void areThoseOfOtherSdks(GoldenVector vector) {
    HashCode hash = S3ObjectBody.sha256(vector.payload());
    assertThat(S3ObjectKey.of(vector.target(), hash, 1024).value()).isEqualTo(vector.key());
  }

  @ParameterizedTest
  @MethodSource("io.github.externalstorage.s3.GoldenVector#all")
  void reportTheNamespace(GoldenVector vector) {
    Optional<String> namespace =
        vector.target().map(StorageDriverTargetInfo::namespace).filter(it -> !it.isEmpty());
    assertThat(new S3ObjectKey(vector.key()).namespace()).isEqualTo(namespace);
  }

  /** HTTP clients, proxies and file systems interpret such segments as path navigation. */
  @ParameterizedTest
  @CsvSource({".,%2E", "..,%2E%2E", "...,...", "a..b,a..b"})
  void haveNoSegmentsThatAreSteps(String id, String segment) {
    S3ObjectKey key =
        S3ObjectKey.of(
            Optional.of(new StorageDriverWorkflowInfo("ns", id, "run", "Type")), HASH, 1024);
    assertThat(key.value())
        .isEqualTo("v0/ns/ns/wt/Type/wi/" + segment + "/ri/run/d/sha256/" + HASH);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "a b", "a/b", "größe", "\uD83D\uDCE6", "a+b", "100%", "..", "a\nb"})
  void reportTheOriginalNamespace(String namespace) {
    S3ObjectKey key =
        S3ObjectKey.of(
            Optional.of(new StorageDriverWorkflowInfo(namespace, "id", null, null)), HASH, 1024);
    assertThat(key.namespace()).contains(namespace);
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
      S3ObjectKey key = S3ObjectKey.of(Optional.of(target), HASH, 1024);
      assertThat(key.value()).isEqualTo("v0/ns/gr%C3%B6%C3%9Fe/d/sha256/" + HASH);
      assertThat(key.namespace()).contains("gr\u00f6\u00dfe");
    }
  }

  @Test
  void areShortenedWithoutANamespaceToo() {
    StorageDriverTargetInfo target =
        new StorageDriverWorkflowInfo(null, "i".repeat(1000), null, null);
    S3ObjectKey key = S3ObjectKey.of(Optional.of(target), HASH, 1024);
    assertThat(key.value()).isEqualTo("v0/ns/null/d/sha256/" + HASH);
    assertThat(key.namespace()).isEmpty();
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
    assertThat(S3ObjectKey.of(Optional.of(fitting), HASH, 255).value())
        .isEqualTo(of(fitting))
        .contains("i".repeat(255));
    assertThat(S3ObjectKey.of(Optional.of(tooLong), HASH, 255).value())
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
    assertThatThrownBy(() -> S3ObjectKey.of(Optional.of(tooLong), HASH, 255))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "the namespace takes up 261 bytes of the object key, but at most 255 are available");
  }

  @Test
  void areAtMost1024Bytes() {
    assertThat(new S3ObjectKey("v0/" + "x".repeat(1021)).value()).hasSize(1024);
    assertThatThrownBy(() -> new S3ObjectKey("v0/" + "x".repeat(1022)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the object key has 1025 bytes, more than the 1024 that S3 allows");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "v0",
        "v0/",
        "v1/d/sha256/x",
        "/v0/d/sha256/x",
        "secrets",
        "v0x/secrets",
        "v0/../secrets",
        "v0/./secrets",
        "v0/d/..",
        "v0//secrets",
        "v0/secrets/",
        "v0/a b",
        "v0/a\nb",
        "v0/a\u0000b",
        "v0/größe",
        "v0/%",
        "v0/%2",
        "v0/%zz",
        "v0/ns/%/x",
        "../v0/d"
      })
  void ofObjectsThatAreNotPayloadsAreRejected(String key) {
    assertThatThrownBy(() -> new S3ObjectKey(key))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("the object key ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"v0/d/sha256/x", "v0/ns", "v0/ns/null/d", "v0/wt/T/wi/ns/ri/x"})
  void mayContainNoNamespace(String key) {
    assertThat(new S3ObjectKey(key).namespace()).isEmpty();
  }

  private static String of(StorageDriverTargetInfo target) {
    return S3ObjectKey.of(Optional.of(target), HASH, 1024).value();
  }
}
