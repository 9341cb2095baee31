package io.github.externalstorage.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.externalstorage.driver.StorageDriverClaim;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class S3ClaimTest {

  private static final String HASH = "0123456789abcdef".repeat(4);
  private static final Map<String, String> DATA =
      Map.of(
          "bucket",
          "payloads",
          "key",
          "v0/d/sha256/" + HASH,
          "hash_algorithm",
          "sha256",
          "hash_value",
          HASH);

  private static final S3Buckets BUCKETS =
      new S3Buckets((context, payload) -> "payloads", Set.of("payloads"), Set.of(), Map.of());

  private static S3Claim parse(StorageDriverClaim claim) {
    return S3Claim.parse(claim, BUCKETS);
  }

  @Test
  void isWrittenAsItIsRead() {
    StorageDriverClaim claim = new StorageDriverClaim(DATA);
    S3Claim read = parse(claim);
    assertThat(read.bucket()).isEqualTo("payloads");
    assertThat(read.key().value()).isEqualTo("v0/d/sha256/" + HASH);
    assertThat(read.sha256()).hasToString(HASH);
    assertThat(read).isEqualTo(claim);
    assertThat(S3Claim.of(BUCKETS, "payloads", read.key(), read.sha256())).isEqualTo(claim);
    assertThat(parse(read)).isSameAs(read);
  }

  @Test
  void isReadInCamelCase() {
    Map<String, String> data = new HashMap<>(DATA);
    data.put("hashAlgorithm", data.remove("hash_algorithm"));
    data.put("hashValue", data.remove("hash_value"));
    S3Claim read = parse(new StorageDriverClaim(data));
    assertThat(read.getClaimData()).isEqualTo(data);
    assertThat(read.sha256()).hasToString(HASH);
  }

  @Test
  void isParsedAgainForOtherBuckets() {
    S3Claim read = parse(new StorageDriverClaim(DATA));
    S3Buckets others =
        new S3Buckets((context, payload) -> "other", Set.of("other"), Set.of(), Map.of());
    assertThatThrownBy(() -> S3Claim.parse(read, others))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @CsvSource({
    "bucket,the claim has no bucket",
    "key,the claim has no key",
    "hash_algorithm,the claim has no hash algorithm",
    "hash_value,the claim has no hash value"
  })
  void mustBeComplete(String entry, String message) {
    Map<String, String> data = new HashMap<>(DATA);
    data.remove(entry);
    assertThatThrownBy(() -> parse(new StorageDriverClaim(data)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
    data.put(entry, "");
    assertThatThrownBy(() -> parse(new StorageDriverClaim(data))).hasMessage(message);
  }

  @ParameterizedTest
  @ValueSource(strings = {"md5", "SHA256", "sha512"})
  void mustHaveAHashThatIsSupported(String algorithm) {
    assertThatThrownBy(() -> parse(with("hash_algorithm", algorithm)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the hash algorithm '%s' is not supported, only 'sha256' is", algorithm);
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "0", "0123456789ABCDEF", "é"})
  void mustHaveAHashThatIsOne(String digits) {
    String value = digits.repeat(64 / digits.length());
    assertThatThrownBy(() -> parse(with("hash_value", value.substring(1) + "g")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the hash value is not 64 lower-case hexadecimal digits");
  }

  private static StorageDriverClaim with(String entry, String value) {
    Map<String, String> data = new HashMap<>(DATA);
    data.put(entry, value);
    return new StorageDriverClaim(data);
  }
}
