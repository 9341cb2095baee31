package io.github.externalstorage.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.google.common.hash.HashCode;
import com.google.common.hash.Hashing;
import io.github.externalstorage.driver.PayloadContent;
import io.github.externalstorage.driver.StorageDriverTargetInfo;
import io.github.externalstorage.driver.StorageDriverWorkflowInfo;
import io.github.externalstorage.driver.StorageKeyLayout;
import io.github.externalstorage.s3.internal.claims.S3ObjectKey;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class S3KeysTest {

  private static final HashCode HASH = Hashing.sha256().hashInt(1);

  @ParameterizedTest
  @MethodSource("io.github.externalstorage.s3.GoldenVector#all")
  void areThoseOfOtherSdks(GoldenVector vector) {
    HashCode hash = HashCode.fromString(PayloadContent.of(vector.payload()).getSha256());
    assertThat(S3ObjectKey.of(vector.target(), hash, StorageKeyLayout.getDefault()).value())
        .isEqualTo(vector.key());
  }

  @ParameterizedTest
  @MethodSource("io.github.externalstorage.s3.GoldenVector#all")
  void reportTheNamespace(GoldenVector vector) {
    Optional<String> namespace =
        vector.target().map(StorageDriverTargetInfo::namespace).filter(it -> !it.isEmpty());
    assertThat(new S3ObjectKey(vector.key()).namespace()).isEqualTo(namespace);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a b", "gr\u00f6\u00dfe", "a%2", "..", ""})
  void haveOnlySegmentsThatArePercentEncoded(String segment) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new S3ObjectKey("v0/" + segment + "/d/sha256/" + HASH))
        .withMessageStartingWith("the object key has a ");
  }

  @Test
  void areShortenedWhereSegmentsAreLimited() {
    StorageDriverTargetInfo target =
        new StorageDriverWorkflowInfo("ns", "i".repeat(255), "run", "Type");
    assertThat(S3ObjectKey.of(Optional.of(target), HASH, layout(255)).value())
        .contains("i".repeat(255));
    assertThat(S3ObjectKey.of(Optional.of(target), HASH, layout(254)))
        .hasToString("v0/ns/ns/d/sha256/" + HASH);
  }

  private static StorageKeyLayout layout(int maxSegmentLength) {
    return StorageKeyLayout.newBuilder().setMaxSegmentLength(maxSegmentLength).build();
  }
}
