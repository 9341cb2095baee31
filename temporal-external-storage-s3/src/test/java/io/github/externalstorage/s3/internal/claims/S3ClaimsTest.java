package io.github.externalstorage.s3.internal.claims;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.externalstorage.driver.StorageDriverClaim;
import io.github.externalstorage.driver.StorageDriverStoreContext;
import io.github.externalstorage.driver.StorageException;
import io.github.externalstorage.internal.objects.Buckets;
import io.github.externalstorage.internal.objects.ObjectClaim;
import io.github.externalstorage.s3.ClaimSpelling;
import io.temporal.api.common.v1.Payload;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class S3ClaimsTest {

  private static final String HASH = "0123456789abcdef".repeat(4);
  private static final String KEY = "v0/d/sha256/" + HASH;
  private static final StorageDriverClaim CLAIM =
      new StorageDriverClaim(
          Map.ofEntries(
              entry("bucket", "payloads"),
              entry("key", KEY),
              entry("hash_algorithm", "sha256"),
              entry("hash_value", HASH),
              entry("hashAlgorithm", "sha256"),
              entry("hashValue", HASH)));
  private static final StorageDriverClaim STANDARD = ClaimSpelling.STANDARD.spell(CLAIM);

  private static final Buckets BUCKETS =
      new Buckets(
          (context, payload) -> "payloads", Set.of("payloads"), Set.of(), Map.of("old", "new"));

  private final S3Claims claims = new S3Claims(BUCKETS, false, 1024);
  private final S3Claims standardClaims = new S3Claims(BUCKETS, true, 1024);

  @Test
  void writesTheEntriesOfAllSdks() {
    assertThat(claims.locate(StorageDriverStoreContext.empty(), Payload.getDefaultInstance(), HASH))
        .isEqualTo(CLAIM);
  }

  @Test
  void writesTheStandardEntriesOnlyIfConfigured() {
    assertThat(
            standardClaims.locate(
                StorageDriverStoreContext.empty(), Payload.getDefaultInstance(), HASH))
        .isEqualTo(STANDARD);
  }

  @ParameterizedTest
  @EnumSource
  void parsesEverySpellingToTheClaimAsItIsWritten(ClaimSpelling spelling) {
    StorageDriverClaim spelled = spelling.spell(CLAIM);

    ObjectClaim claim = claims.locate(spelled);

    assertThat(claim.bucket()).isEqualTo("payloads");
    assertThat(claim.key().getValue()).isEqualTo(KEY);
    assertThat(claim.key().getSha256()).isEqualTo(HASH);
    assertThat(claim).isEqualTo(CLAIM).hasSameHashCodeAs(CLAIM);
    assertThat(standardClaims.locate(spelled)).isEqualTo(STANDARD);
  }

  @Test
  void dropsEntriesThatItDoesNotKnow() {
    assertThat(claims.locate(with(CLAIM, "region", "eu-central-1"))).isEqualTo(CLAIM);
  }

  @Test
  void keepsTheNameOfAFormerBucket() {
    ObjectClaim claim = claims.locate(with(CLAIM, "bucket", "old"));

    assertThat(claim.bucket()).isEqualTo("new");
    assertThat(claim.getClaimData()).containsEntry("bucket", "old");
  }

  @Test
  void parsesAClaimOnce() {
    ObjectClaim claim = claims.locate(STANDARD);

    assertThat(claims.locate(claim)).isSameAs(claim);
  }

  @Test
  void parsesAClaimOfAnotherDriverAgain() {
    ObjectClaim claim = claims.locate(CLAIM);
    S3Claims other =
        new S3Claims(
            new Buckets((context, payload) -> "other", Set.of("other"), Set.of(), Map.of()),
            false,
            1024);

    assertThatThrownBy(() -> other.locate(claim)).isInstanceOf(StorageException.class);
  }

  @ParameterizedTest
  @CsvSource({
    "hash_algorithm, md5, hash_algorithm, hashAlgorithm",
    "hashAlgorithm, md5, hash_algorithm, hashAlgorithm",
    "hash_algorithm, '', hash_algorithm, hashAlgorithm",
    "hash_value, 00, hash_value, hashValue",
    "hashValue, 00, hash_value, hashValue",
    "hashValue, '', hash_value, hashValue",
  })
  void rejectsAContradiction(String entry, String value, String snakeCase, String camelCase) {
    assertThatThrownBy(() -> claims.locate(with(CLAIM, entry, value)))
        .isInstanceOf(StorageException.class)
        .hasMessageEndingWith(
            "the claim's entries for its %s contradict each other: %s, %s",
            snakeCase.replace('_', ' '), snakeCase, camelCase);
  }

  @ParameterizedTest
  @CsvSource({
    "bucket,the claim has no bucket",
    "key,the claim has no key",
    "hash_algorithm,the claim has no hash algorithm",
    "hash_value,the claim has no hash value"
  })
  void rejectsAnIncompleteClaim(String entry, String message) {
    Map<String, String> data = new HashMap<>(STANDARD.getClaimData());
    data.remove(entry);
    assertThatThrownBy(() -> claims.locate(new StorageDriverClaim(data)))
        .isInstanceOf(StorageException.class)
        .hasMessageEndingWith(message);
    assertThatThrownBy(() -> claims.locate(with(STANDARD, entry, "")))
        .hasMessageEndingWith(message);
  }

  @ParameterizedTest
  @ValueSource(strings = {"md5", "SHA256", "sha512"})
  void rejectsAnotherHashAlgorithm(String algorithm) {
    assertThatThrownBy(() -> claims.locate(with(STANDARD, "hash_algorithm", algorithm)))
        .isInstanceOf(StorageException.class)
        .hasMessageEndingWith(
            "the hash algorithm '%s' is not supported, only 'sha256' is", algorithm);
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "0", "0123456789ABCDEF", "é"})
  void rejectsAHashThatIsNone(String digits) {
    String value = digits.repeat(64 / digits.length());
    assertThatThrownBy(() -> claims.locate(with(STANDARD, "hash_value", value.substring(1) + "g")))
        .isInstanceOf(StorageException.class)
        .hasMessageEndingWith("the object key does not end in the claim's hash value");
  }

  private static StorageDriverClaim with(StorageDriverClaim claim, String entry, String value) {
    Map<String, String> data = new HashMap<>(claim.getClaimData());
    data.put(entry, value);
    return new StorageDriverClaim(data);
  }
}
