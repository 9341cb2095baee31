package io.github.externalstorage.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.entry;

import com.google.protobuf.ByteString;
import io.github.externalstorage.fixtures.SkippedTestsFail;
import io.github.externalstorage.testkit.StorageDriverContract;
import io.temporal.api.common.v1.Payload;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SkippedTestsFail.class)
class InMemoryStorageDriverTest extends StorageDriverContract {

  private static final Payload PAYLOAD =
      Payload.newBuilder().setData(ByteString.copyFromUtf8("data")).build();

  private static final String HASH =
      "0de5edf584622b0288457c7d142beb68fa55578a1f43090d9b11f972107b762d";

  private InMemoryStorageDriver driver = InMemoryStorageDriver.newBuilder().build();

  @Override
  protected StorageDriver createDriver() {
    driver = InMemoryStorageDriver.newBuilder().setKeepsDeletedObjects(true).build();
    return driver;
  }

  @Override
  protected Optional<StorageDriver> createDriver(long maxPayloadSize) {
    return Optional.of(
        InMemoryStorageDriver.newBuilder().setMaxPayloadSize(maxPayloadSize).build());
  }

  @Override
  protected boolean deleteObject(StorageDriverClaim claim) {
    return driver.getObjects().remove(key(claim)) != null;
  }

  @Override
  protected boolean replaceObject(StorageDriverClaim claim, UnaryOperator<ByteString> change) {
    return driver.getObjects().computeIfPresent(key(claim), (key, old) -> change.apply(old))
        != null;
  }

  @Override
  protected List<StorageDriverClaim> createForeignClaims(StorageDriverClaim claim) {
    String hash = claim.getClaimData().getOrDefault("hash_value", "");
    return List.of(
        with(claim, "key", "v0/d/sha256/" + hash),
        with(claim, "key", "../default/order/" + hash),
        with(claim, "hash_algorithm", "md5"));
  }

  private static StorageDriverClaim with(StorageDriverClaim claim, String entry, String value) {
    Map<String, String> data = new HashMap<>(claim.getClaimData());
    data.put(entry, value);
    return new StorageDriverClaim(data);
  }

  @Test
  void keepsEqualPayloadsOfOneTargetOnce() {
    StorageDriverClaim claim = store("default", "order~1/a");
    assertThat(store("default", "order~1/a")).isEqualTo(claim);
    assertThat(driver.getObjects())
        .containsExactly(entry("default/order~01~1a/" + HASH, PAYLOAD.toByteString()));
    assertThat(claim.getClaimData())
        .containsOnly(
            entry("key", "default/order~01~1a/" + HASH),
            entry("hash_algorithm", "sha256"),
            entry("hash_value", HASH));
  }

  @Test
  void keepsEqualPayloadsOfDifferentTargetsApart() {
    store("default", "order-1");
    store("default", "order-2");
    store("other", "order-1");
    assertThat(driver.getObjects()).hasSize(3);
  }

  @Test
  void returnsTheNamespace() {
    assertThat(driver.getNamespace(store("a/b~c", "order-1"))).hasValue("a/b~c");
    assertThat(driver.getNamespace(store(null, "order-1"))).isEmpty();
  }

  @Test
  void namesTheSettingThatIsWrong() {
    InMemoryStorageDriver.Builder builder = InMemoryStorageDriver.newBuilder();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder.setName(" "))
        .withMessageContaining("name");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder.setMaxPayloadSize(0))
        .withMessageContaining("maxPayloadSize");
  }

  @Test
  void hasTheNameThatIsSet() {
    assertThat(driver.getName()).isEqualTo("in-memory");
    InMemoryStorageDriver named = InMemoryStorageDriver.newBuilder().setName("archive").build();
    assertThat(named.getName()).isEqualTo("archive");
    assertThat(named.getType()).isEqualTo("in-memory");
  }

  private StorageDriverClaim store(@Nullable String namespace, String id) {
    StorageDriverTargetInfo target = new StorageDriverWorkflowInfo(namespace, id, null, null);
    return driver.store(StorageDriverStoreContext.of(target), PAYLOAD).join();
  }

  private static String key(StorageDriverClaim claim) {
    return claim.getClaimData().getOrDefault("key", "");
  }
}
