package io.github.externalstorage.s3.internal.claims;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.externalstorage.driver.StorageDriverClaim;
import io.github.externalstorage.driver.StorageException;
import io.github.externalstorage.driver.StorageException.Reason;
import io.github.externalstorage.internal.objects.Buckets;
import io.github.externalstorage.internal.objects.ObjectClaim;
import io.github.externalstorage.s3.Samples;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Any claim either is a spelling of the one that is expected or is rejected. */
final class S3ClaimsPropertiesTest {

  private static final Map<String, String> GENUINE =
      Samples.claim(Samples.payload("1")).getClaimData();

  private final Buckets buckets =
      new Buckets((context, payload) -> Samples.BUCKET, Set.of(Samples.BUCKET), Set.of(), Map.of());
  private final S3Claims s3Claims = new S3Claims(buckets, false, 1024);

  @Property(seed = "1", tries = 500)
  void isASpellingOrIsRejected(@ForAll("claims") StorageDriverClaim claim) {
    try {
      ObjectClaim object = s3Claims.locate(claim);

      assertThat(object.bucket()).isEqualTo(Samples.BUCKET);
      assertThat(object).isEqualTo(new StorageDriverClaim(GENUINE));
      assertThat(object.key().getValue())
          .startsWith("v0/")
          .endsWith("/d/sha256/" + object.key().getSha256());
    } catch (StorageException e) {
      assertThat(e.getReason()).isEqualTo(Reason.INVALID_CLAIM);
      assertThat(e.getMessage()).hasSizeLessThan(1000).doesNotContainPattern("[^ -~]");
    }
  }

  @Provide
  Arbitrary<StorageDriverClaim> claims() {
    Arbitrary<String> names =
        Arbitraries.of(
            "bucket", "key", "hash_algorithm", "hash_value", "hashAlgorithm", "hashValue", "x");
    Arbitrary<String> values =
        Arbitraries.oneOf(
            Arbitraries.strings().ofMaxLength(20),
            Arbitraries.of("x".repeat(3000)),
            Arbitraries.of(GENUINE.values()),
            Arbitraries.of(GENUINE.getOrDefault("key", "")).map(key -> key.replace("d/", "../d/")));
    return Combinators.combine(
            Arbitraries.maps(names, values).ofMaxSize(3), names.set().ofMaxSize(1))
        .as(
            (changes, removals) -> {
              Map<String, String> data = new HashMap<>(GENUINE);
              data.putAll(changes);
              data.keySet().removeAll(removals);
              return new StorageDriverClaim(data);
            });
  }
}
