package io.github.externalstorage.gcs.internal.claims;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.externalstorage.driver.StorageDriverClaim;
import io.github.externalstorage.driver.StorageDriverStoreContext;
import io.github.externalstorage.driver.StorageDriverWorkflowInfo;
import io.github.externalstorage.driver.StorageException;
import io.github.externalstorage.internal.objects.Buckets;
import io.github.externalstorage.internal.objects.ObjectClaim;
import io.temporal.api.common.v1.Payload;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class GcsClaimsTest {

  private static final String HASH = "0123456789abcdef".repeat(4);
  private static final String KEY = "v0/ns/default/d/sha256/" + HASH;

  private final GcsClaims claims =
      new GcsClaims(
          new Buckets(
              (context, payload) -> "b", Set.of("b"), Set.of("old"), Map.of("former", "b")));

  private final StorageDriverClaim claim =
      claims.locate(
          StorageDriverStoreContext.of(
              new StorageDriverWorkflowInfo("default", "i".repeat(1100), null, null)),
          Payload.getDefaultInstance(),
          HASH);

  @Test
  void isParsedOnce() {
    ObjectClaim parsed = claims.locate(new StorageDriverClaim(claim.getClaimData()));

    assertThat(parsed).isEqualTo(claim);
    assertThat(claims.locate(parsed)).isSameAs(parsed);
  }

  @Test
  void isParsedAnewForOtherBuckets() {
    GcsClaims other =
        new GcsClaims(new Buckets((context, payload) -> "c", Set.of("c"), Set.of(), Map.of()));

    assertThatThrownBy(() -> other.locate(claim))
        .hasMessageContaining("the driver is not configured for the bucket 'b'");
  }

  @Test
  void leadsToTheBucketThatTheObjectIsInNow() {
    assertThat(claims.locate(with("bucket", "former")).bucket()).isEqualTo("b");
    assertThat(claims.locate(with("bucket", "old")).bucket()).isEqualTo("old");
  }

  @ParameterizedTest
  @ValueSource(strings = {"key", "object_name", "object", "hash_algorithm", "hashValue"})
  void needsOnlyOneSpellingOfAnEntry(String entry) {
    Map<String, String> data = new HashMap<>(claim.getClaimData());
    data.remove(entry);

    assertThat(claims.locate(new StorageDriverClaim(data))).isEqualTo(claim);
  }

  @ParameterizedTest
  @CsvSource({
    "key,            'key, object_name, object'",
    "object_name,    'key, object_name, object'",
    "object,         'key, object_name, object'",
    "hash_algorithm, 'hash_algorithm, hashAlgorithm'",
    "hashAlgorithm,  'hash_algorithm, hashAlgorithm'",
    "hash_value,     'hash_value, hashValue'",
    "hashValue,      'hash_value, hashValue'"
  })
  void mustNotContradictItself(String entry, String names) {
    for (String value : Set.of("", "v0/d/sha256/" + HASH, "md5", HASH.replace('0', '1'))) {
      assertThatThrownBy(() -> claims.locate(with(entry, value)))
          .isInstanceOf(StorageException.class)
          .hasMessageContaining("contradict each other: " + names);
    }
  }

  @Test
  void namesWhatIsMissing() {
    assertThatThrownBy(() -> claims.locate(new StorageDriverClaim(Map.of("bucket", "b"))))
        .hasMessageEndingWith("the claim has no key");
    assertThatThrownBy(() -> claims.locate(new StorageDriverClaim(Map.of("key", KEY))))
        .hasMessageEndingWith("the claim has no bucket");
    assertThatThrownBy(
            () -> claims.locate(new StorageDriverClaim(Map.of("bucket", "b", "object", KEY))))
        .hasMessageEndingWith("the claim has no hash algorithm");
  }

  @Test
  void mustNameTheHashThatEndsItsKey() {
    Map<String, String> data =
        Map.of("bucket", "b", "key", KEY, "hash_algorithm", "sha256", "hash_value", "f".repeat(64));

    assertThatThrownBy(() -> claims.locate(new StorageDriverClaim(data)))
        .hasMessageEndingWith("the object key does not end in the claim's hash value");
  }

  @Test
  void mustBeOfSha256() {
    Map<String, String> data =
        Map.of("bucket", "b", "key", KEY, "hash_algorithm", "md5\n", "hash_value", HASH);

    assertThatThrownBy(() -> claims.locate(new StorageDriverClaim(data)))
        .hasMessageEndingWith("the hash algorithm 'md5?' is not supported, only 'sha256' is");
  }

  private StorageDriverClaim with(String entry, String value) {
    Map<String, String> data = new HashMap<>(claim.getClaimData());
    data.put(entry, value);
    return new StorageDriverClaim(data);
  }
}
