package io.github.externalstorage.s3.internal.claims;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.externalstorage.driver.PayloadFormat;
import io.github.externalstorage.driver.StorageDriverTargetInfo;
import io.github.externalstorage.driver.StorageDriverWorkflowInfo;
import io.github.externalstorage.internal.objects.Buckets;
import io.github.externalstorage.s3.GoldenVector;
import io.github.externalstorage.s3.Samples;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class S3KeysTest {

  private static final String HASH = "0123456789abcdef".repeat(4);

  @ParameterizedTest
  @MethodSource("io.github.externalstorage.s3.GoldenVector#all")
  void areThoseOfOtherSdks(GoldenVector vector) {
    String hash = PayloadFormat.sha256(PayloadFormat.serialize(vector.payload()));
    assertThat(claims(1024).createKey(vector.target(), hash)).hasToString(vector.key());
  }

  @ParameterizedTest
  @MethodSource("io.github.externalstorage.s3.GoldenVector#all")
  void reportTheNamespace(GoldenVector vector) {
    Optional<String> namespace =
        vector.target().map(StorageDriverTargetInfo::namespace).filter(it -> !it.isEmpty());
    assertThat(claims(1024).parseKey(vector.key()).getNamespace()).isEqualTo(namespace);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a b", "gr\u00f6\u00dfe", "a%2", "..", ""})
  void haveOnlySegmentsThatArePercentEncoded(String segment) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> claims(1024).parseKey("v0/" + segment + "/d/sha256/" + HASH))
        .withMessageStartingWith("the object key has a ");
  }

  @Test
  void areShortenedWhereSegmentsAreLimited() {
    Optional<StorageDriverTargetInfo> target =
        Optional.of(new StorageDriverWorkflowInfo("ns", "i".repeat(255), "run", "Type"));
    assertThat(claims(255).createKey(target, HASH).getValue()).contains("i".repeat(255));
    assertThat(claims(254).createKey(target, HASH)).hasToString("v0/ns/ns/d/sha256/" + HASH);
  }

  private static S3Claims claims(int maxKeySegmentLength) {
    return new S3Claims(
        new Buckets(
            (context, payload) -> Samples.BUCKET, Set.of(Samples.BUCKET), Set.of(), Map.of()),
        false,
        maxKeySegmentLength);
  }
}
