package example;

import com.google.protobuf.ByteString;
import io.github.externalstorage.driver.StorageDriver;
import io.github.externalstorage.driver.StorageDriverClaim;
import io.github.externalstorage.testkit.StorageDriverContract;
import java.net.http.HttpClient;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AutoClose;

class HttpStorageDriverTest extends StorageDriverContract {

  @AutoClose private final HttpServerInMemory server = new HttpServerInMemory();

  @Override
  protected StorageDriver createDriver() {
    return createDriver(50L << 20).orElseThrow();
  }

  @Override
  protected Optional<StorageDriver> createDriver(long maxPayloadSize) {
    return Optional.of(
        new HttpStorageDriver(HttpClient.newHttpClient(), server.uri(), maxPayloadSize, 60));
  }

  @Override
  protected boolean deleteObject(StorageDriverClaim claim) {
    return server.objects().remove(claim.getClaimData().get("key")) != null;
  }

  @Override
  protected boolean replaceObject(StorageDriverClaim claim, UnaryOperator<ByteString> change) {
    server
        .objects()
        .computeIfPresent(claim.getClaimData().get("key"), (key, old) -> change.apply(old));
    return true;
  }

  @Override
  protected List<StorageDriverClaim> createForeignClaims(StorageDriverClaim claim) {
    return List.of(
        new StorageDriverClaim(Map.of("key", "../" + claim.getClaimData().get("key"))),
        new StorageDriverClaim(Map.of("key", "http://elsewhere/v0/d/sha256/" + "0".repeat(64))));
  }
}
