package io.github.externalstorage.gcs;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.externalstorage.driver.StorageDriverClaim;
import io.github.externalstorage.driver.StorageDriverRetrieveContext;
import io.github.externalstorage.driver.StorageDriverTargetInfo;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Objects and claims are compatible with the drivers of other SDKs, in both directions. */
final class GcsGoldenTest {

  private static final String ALL = "io.github.externalstorage.gcs.GoldenVector#all";

  @AutoClose private static final FakeGcs GCS = new FakeGcs();
  private static final GcsStorageDriver DRIVER = GCS.newDriver().build();

  @ParameterizedTest
  @MethodSource(ALL)
  void isStoredAsByOthers(GoldenVector vector) {
    GCS.objects().clear();

    DRIVER.store(vector.context(), vector.payload()).join();

    assertThat(GCS.objects()).containsOnlyKeys(vector.key());
    assertThat(Objects.requireNonNull(GCS.objects().get(vector.key())).content())
        .isEqualTo(vector.body());
  }

  @ParameterizedTest
  @MethodSource(ALL)
  void isClaimedForEveryOther(GoldenVector vector) {
    Map<String, String> everyEntry = new HashMap<>();
    vector.claims().values().forEach(claim -> everyEntry.putAll(claim.getClaimData()));
    everyEntry.putAll(goClaim(vector).getClaimData());

    StorageDriverClaim claim = DRIVER.store(vector.context(), vector.payload()).join();

    assertThat(claim.getClaimData()).containsAllEntriesOf(everyEntry);
    assertThat(claim.getClaimData())
        .containsOnlyKeys(
            "bucket",
            "key",
            "object_name",
            "object",
            "hash_algorithm",
            "hash_value",
            "hashAlgorithm",
            "hashValue");
  }

  @ParameterizedTest
  @MethodSource(ALL)
  void isReadAsOthersWroteIt(GoldenVector vector) {
    GCS.put(vector.key(), vector.body());
    Map<String, StorageDriverClaim> claims = new HashMap<>(vector.claims());
    claims.put("Go 0.1", goClaim(vector));
    claims.put("Go", newerGoClaim(vector));

    assertThat(claims)
        .allSatisfy(
            (sdk, claim) ->
                assertThat(DRIVER.retrieve(StorageDriverRetrieveContext.empty(), claim).join())
                    .isEqualTo(vector.payload()));
  }

  @ParameterizedTest
  @MethodSource(ALL)
  void isOneClaimWhicheverSdkWroteIt(GoldenVector vector) {
    StorageDriverClaim own = DRIVER.getClaim(vector.context(), vector.payload()).orElseThrow();

    assertThat(vector.claims().values())
        .allSatisfy(claim -> assertThat(DRIVER.parseClaim(claim)).isEqualTo(own));
    assertThat(DRIVER.parseClaim(goClaim(vector))).isEqualTo(own);
    assertThat(DRIVER.parseClaim(newerGoClaim(vector))).isEqualTo(own);
  }

  @ParameterizedTest
  @MethodSource(ALL)
  void namesItsNamespace(GoldenVector vector) {
    Optional<String> namespace =
        vector
            .target()
            .map(StorageDriverTargetInfo::namespace)
            .filter(it -> !it.isEmpty() && !it.equals("null"));

    assertThat(vector.claims().values())
        .allSatisfy(claim -> assertThat(DRIVER.getNamespace(claim)).isEqualTo(namespace));
    assertThat(vector.key().getBytes(StandardCharsets.UTF_8)).hasSizeLessThanOrEqualTo(1024);
  }

  /** What version 0.1 of Go's driver writes; its key is the same as Python's. */
  private static StorageDriverClaim goClaim(GoldenVector vector) {
    return new StorageDriverClaim(
        Map.of(
            "bucket",
            FakeGcs.BUCKET,
            "key",
            vector.key(),
            "hash_algorithm",
            "sha256",
            "hash_value",
            vector.key().substring(vector.key().length() - 64)));
  }

  /** What later versions of Go's driver write. */
  private static StorageDriverClaim newerGoClaim(GoldenVector vector) {
    Map<String, String> data = new HashMap<>(goClaim(vector).getClaimData());
    data.put("object_name", vector.key());
    return new StorageDriverClaim(data);
  }
}
