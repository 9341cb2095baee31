package io.github.externalstorage.driver;

import static io.github.externalstorage.StorageFailures.failureOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.common.hash.Hashing;
import com.google.protobuf.ByteString;
import io.github.externalstorage.TestPayloads;
import io.github.externalstorage.driver.StorageException.Reason;
import io.temporal.api.common.v1.Payload;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Its keys, claims and settings; the contract of every driver tests the rest. */
class InMemoryStorageDriverTest {

  private static final Payload PAYLOAD = TestPayloads.json("\"sesame\"");

  private final InMemoryStorageDriver driver = InMemoryStorageDriver.newBuilder().build();

  @Test
  void equalPayloadsOfATargetAreOneObject() {
    StorageDriverTargetInfo first = new StorageDriverWorkflowInfo("ns", "1", "run", "type");
    StorageDriverTargetInfo second = new StorageDriverWorkflowInfo("ns", "2", "run", "type");

    assertThat(store(first)).isEqualTo(store(first)).isNotEqualTo(store(second));
    assertThat(driver.getObjects()).hasSize(2).containsValue(PAYLOAD.toByteString());
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "-, -, /",
        "ns, -, ns/",
        "ns, id, ns/id",
        "a/b, c/d, a~1b/c~1d",
        "a~1b, ~0/, a~01b/~00~1"
      })
  void keysTellTheTarget(@Nullable String namespace, @Nullable String id, String prefix) {
    StorageDriverClaim claim = store(new StorageDriverActivityInfo(namespace, id, null, null));

    String hash = Hashing.sha256().hashBytes(PAYLOAD.toByteArray()).toString();
    assertThat(claim.getClaimData())
        .containsExactlyInAnyOrderEntriesOf(
            Map.of("key", prefix + "/" + hash, "hash_algorithm", "sha256", "hash_value", hash));
    assertThat(driver.getNamespace(claim).orElse(null)).isEqualTo(namespace);
    assertThat(retrieve(claim)).isEqualTo(PAYLOAD);
  }

  @ParameterizedTest
  @CsvSource({
    "key, ''",
    "key, //",
    "key, a/b/c/0",
    "hash_algorithm, md5",
    "hash_value, 0",
    "hash_value, ''"
  })
  void claimsOfOthersAreRejected(String entry, String value) {
    Map<String, String> data = new HashMap<>(store(null).getClaimData());
    data.put(entry, value);
    StorageDriverClaim claim = new StorageDriverClaim(data);

    assertThat(
            catchThrowableOfType(StorageException.class, () -> driver.parseClaim(claim))
                .getReason())
        .isEqualTo(Reason.INVALID_CLAIM);
    assertFails(claim, Reason.INVALID_CLAIM);
  }

  @Test
  void missingEntriesAreRejected() {
    for (String entry : List.of("key", "hash_algorithm", "hash_value")) {
      Map<String, String> data = new HashMap<>(store(null).getClaimData());
      data.remove(entry);
      assertFails(new StorageDriverClaim(data), Reason.INVALID_CLAIM);
    }
  }

  @Test
  void missingObjectIsNotFound() {
    StorageDriverClaim claim = store(null);
    driver.getObjects().clear();

    assertFails(claim, Reason.NOT_FOUND);
  }

  @Test
  void anotherObjectIsCorrupted() {
    StorageDriverClaim claim = store(null);
    driver.getObjects().replaceAll((key, object) -> ByteString.copyFromUtf8("sesame"));

    assertFails(claim, Reason.CORRUPTED);
  }

  @ParameterizedTest
  @CsvSource({"0a", "0c", "12016f0c73"})
  void objectThatIsNoPayloadIsCorrupted(String hex) {
    ByteString object = ByteString.fromHex(hex);
    String hash = Hashing.sha256().hashBytes(object.toByteArray()).toString();
    driver.getObjects().put("//" + hash, object);

    assertFails(
        new StorageDriverClaim(
            Map.of("key", "//" + hash, "hash_algorithm", "sha256", "hash_value", hash)),
        Reason.CORRUPTED);
  }

  @Test
  void settingsAreChecked() {
    assertThat(driver.getName()).isEqualTo("in-memory").isEqualTo(driver.getType());
    assertThat(driver.getMaxPayloadSize()).isEqualTo(Long.MAX_VALUE);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> InMemoryStorageDriver.newBuilder().setName(" "));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> InMemoryStorageDriver.newBuilder().setMaxPayloadSize(0))
        .withMessageContaining("0");
  }

  private StorageDriverClaim store(@Nullable StorageDriverTargetInfo target) {
    return driver.store(StorageDriverStoreContext.of(target), PAYLOAD).join();
  }

  private Payload retrieve(StorageDriverClaim claim) {
    return driver.retrieve(StorageDriverRetrieveContext.empty(), claim).join();
  }

  private void assertFails(StorageDriverClaim claim, Reason reason) {
    assertThat(failureOf(driver.retrieve(StorageDriverRetrieveContext.empty(), claim), reason))
        .hasMessageContaining("'in-memory'")
        .hasMessageNotContaining("sesame");
  }
}
