package io.github.externalstorage.testkit;

import com.google.protobuf.ByteString;
import io.github.externalstorage.driver.InMemoryStorageDriver;
import io.github.externalstorage.driver.StorageDriver;
import io.github.externalstorage.driver.StorageDriverClaim;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.extension.ExtendWith;

/** The contract for a driver with one defect. Run by {@link StorageDriverContractTest} alone. */
@ExtendWith(DefectParameter.class)
final class BrokenDriverContract extends StorageDriverContract {

  private final Defect defect;
  private InMemoryStorageDriver storage = InMemoryStorageDriver.newBuilder().build();

  BrokenDriverContract(Defect defect) {
    this.defect = defect;
  }

  @Override
  protected StorageDriver createDriver() {
    storage = InMemoryStorageDriver.newBuilder().build();
    return new BrokenDriver(storage, defect);
  }

  @Override
  protected Optional<StorageDriver> createDriver(long maxPayloadSize) {
    InMemoryStorageDriver limited =
        InMemoryStorageDriver.newBuilder().setMaxPayloadSize(maxPayloadSize).build();
    return Optional.of(new BrokenDriver(limited, defect));
  }

  @Override
  protected boolean deleteObject(StorageDriverClaim claim) {
    return storage.getObjects().remove(key(claim)) != null;
  }

  @Override
  protected boolean replaceObject(StorageDriverClaim claim, UnaryOperator<ByteString> change) {
    return storage.getObjects().computeIfPresent(key(claim), (key, old) -> change.apply(old))
        != null;
  }

  @Override
  protected List<StorageDriverClaim> createForeignClaims(StorageDriverClaim claim) {
    return List.of(new StorageDriverClaim(Map.of("key", key(claim), "hash_algorithm", "md5")));
  }

  @Override
  protected Duration getCallTimeout() {
    return defect.hangs() ? Duration.ofMillis(200) : super.getCallTimeout();
  }

  private static String key(StorageDriverClaim claim) {
    return claim.getClaimData().getOrDefault("key", "");
  }
}
