package io.github.externalstorage.gcs;

import com.google.protobuf.ByteString;
import io.github.externalstorage.driver.StorageDriver;
import io.github.externalstorage.driver.StorageDriverClaim;
import io.github.externalstorage.fixtures.SkippedTestsFail;
import io.github.externalstorage.gcs.FakeGcsForOperators.Kept;
import io.github.externalstorage.testkit.StorageDriverContract;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;

/** Runs the driver contract on a server in memory. */
@ExtendWith(SkippedTestsFail.class)
final class GcsDriverContractTest extends StorageDriverContract {

  @AutoClose private final FakeGcs gcs = new FakeGcs();

  @BeforeEach
  void keepDeletedObjects() {
    gcs.operators().setKept(Kept.NONCURRENT);
  }

  @Override
  protected StorageDriver createDriver() {
    return newBuilder().build();
  }

  @Override
  protected Optional<StorageDriver> createDriver(long maxPayloadSize) {
    return Optional.of(newBuilder().setMaxPayloadSize((int) maxPayloadSize).build());
  }

  private GcsStorageDriver.Builder newBuilder() {
    return gcs.newDriver().setStallTimeout(Duration.ofSeconds(30));
  }

  @Override
  protected boolean deleteObject(StorageDriverClaim claim) {
    return gcs.objects().remove(key(claim)) != null;
  }

  @Override
  protected boolean replaceObject(StorageDriverClaim claim, UnaryOperator<ByteString> change) {
    ByteString content = Objects.requireNonNull(gcs.objects().get(key(claim))).content();
    gcs.put(key(claim), change.apply(content));
    return true;
  }

  @Override
  protected List<StorageDriverClaim> createForeignClaims(StorageDriverClaim claim) {
    return List.of(
        with(claim, "bucket", "another-bucket"),
        with(claim, "bucket", FakeGcs.BUCKET + "/o/v0"),
        withKey(claim, "secrets/" + key(claim)),
        withKey(claim, "/" + key(claim)),
        withKey(claim, "v0/../secrets"),
        withKey(claim, "v0/../" + key(claim)),
        withKey(claim, "v0/d/../../" + key(claim)),
        withKey(claim, "v0//" + key(claim)));
  }

  private static String key(StorageDriverClaim claim) {
    return Objects.requireNonNull(claim.getClaimData().get("key"));
  }

  private static StorageDriverClaim withKey(StorageDriverClaim claim, String key) {
    return with(with(with(claim, "key", key), "object_name", key), "object", key);
  }

  private static StorageDriverClaim with(StorageDriverClaim claim, String name, String value) {
    Map<String, String> data = new HashMap<>(claim.getClaimData());
    data.put(name, value);
    return new StorageDriverClaim(data);
  }
}
