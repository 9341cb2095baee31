package io.github.externalstorage.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.hash.HashCode;
import com.google.common.hash.Hashing;
import io.github.externalstorage.driver.StorageDriverTargetInfo;
import io.github.externalstorage.driver.StorageDriverWorkflowInfo;
import java.util.Optional;
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
    assertThat(S3ObjectKey.of(vector.target(), hash).value()).isEqualTo(vector.key());
  }

  @ParameterizedTest
  @MethodSource("io.github.externalstorage.s3.GoldenVector#all")
  void tellTheNamespace(GoldenVector vector) {
    Optional<String> namespace =
        vector.target().map(StorageDriverTargetInfo::namespace).filter(it -> !it.isEmpty());
    assertThat(new S3ObjectKey(vector.key()).namespace()).isEqualTo(namespace);
  }

  /** To an HTTP client, a proxy or a file system such segments would be steps in a path. */
  @ParameterizedTest
  @CsvSource({".,%2E", "..,%2E%2E", "...,...", "a..b,a..b"})
  void haveNoSegmentsThatAreSteps(String id, String segment) {
    S3ObjectKey key =
        S3ObjectKey.of(Optional.of(new StorageDriverWorkflowInfo("ns", id, "run", "Type")), HASH);
    assertThat(key.value())
        .isEqualTo("v0/ns/ns/wt/Type/wi/" + segment + "/ri/run/d/sha256/" + HASH);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "a b", "a/b", "größe", "\uD83D\uDCE6", "a+b", "100%", "..", "a\nb"})
  void tellTheNamespaceAsItWas(String namespace) {
    S3ObjectKey key =
        S3ObjectKey.of(
            Optional.of(new StorageDriverWorkflowInfo(namespace, "id", null, null)), HASH);
    assertThat(key.namespace()).contains(namespace);
  }

  @Test
  void areAtMost1024Characters() {
    Optional<StorageDriverTargetInfo> tooLong =
        Optional.of(new StorageDriverWorkflowInfo("ns", "ö".repeat(160), "run", "Type"));
    assertThatThrownBy(() -> S3ObjectKey.of(tooLong, HASH))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the object key has 1061 characters, more than the 1024 that S3 allows");
    assertThat(new S3ObjectKey("v0/" + "x".repeat(1021)).value()).hasSize(1024);
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
  void ofObjectsThatAreNotPayloadsAreRefused(String key) {
    assertThatThrownBy(() -> new S3ObjectKey(key))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("the object key ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"v0/d/sha256/x", "v0/ns", "v0/ns/null/d", "v0/wt/T/wi/ns/ri/x"})
  void mayTellNoNamespace(String key) {
    assertThat(new S3ObjectKey(key).namespace()).isEmpty();
  }
}
