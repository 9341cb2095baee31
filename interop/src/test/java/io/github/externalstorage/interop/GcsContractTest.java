package io.github.externalstorage.interop;

import com.google.protobuf.ByteString;
import io.github.externalstorage.driver.StorageDriver;
import io.github.externalstorage.driver.StorageDriverClaim;
import io.github.externalstorage.gcs.GcsStorageDriver;
import io.github.externalstorage.testkit.StorageDriverContract;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Runs the driver contract on a server with the API of Google Cloud Storage. */
@InteropTest
final class GcsContractTest extends StorageDriverContract {

  private final GcsBucket bucket = GcsBucket.ofServers();

  @Override
  protected StorageDriver createDriver() {
    return newBuilder().build();
  }

  @Override
  protected Optional<StorageDriver> createDriver(long maxPayloadSize) {
    return Optional.of(newBuilder().setMaxPayloadSize((int) maxPayloadSize).build());
  }

  private GcsStorageDriver.Builder newBuilder() {
    // The server is slower than Google if many objects are stored at once.
    return bucket.newDriver().setStallTimeout(getCallTimeout());
  }

  @Override
  protected boolean deleteObject(StorageDriverClaim claim) {
    bucket.delete(key(claim));
    return true;
  }

  @Override
  protected boolean replaceObject(StorageDriverClaim claim, UnaryOperator<ByteString> change) {
    bucket.write(key(claim), change.apply(bucket.read(key(claim))));
    return true;
  }

  @Override
  protected List<StorageDriverClaim> createForeignClaims(StorageDriverClaim claim) {
    Map<String, String> data = new HashMap<>(claim.getClaimData());
    data.put("bucket", "another-bucket");
    return List.of(new StorageDriverClaim(data));
  }

  private static String key(StorageDriverClaim claim) {
    return Objects.requireNonNull(claim.getClaimData().get("key"));
  }
}
