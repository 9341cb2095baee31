package io.github.externalstorage;

import static io.github.externalstorage.ManualStorageDriver.claim;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.externalstorage.driver.InMemoryStorageDriver;
import io.github.externalstorage.driver.StorageDriverClaim;
import io.github.externalstorage.driver.StorageDriverRetrieveContext;
import io.github.externalstorage.driver.StorageDriverStoreContext;
import io.github.externalstorage.reference.StorageReference;
import io.temporal.api.common.v1.Payload;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** References to drivers under present and former names. */
class ExternalStorageReadingTest {

  private static final Payload PAYLOAD = TestPayloads.json("\"sesame\"");

  private final InMemoryStorageDriver driver = InMemoryStorageDriver.newBuilder().build();
  private final ManualStorageDriver archive = new ManualStorageDriver("archive");
  private final ExternalStorage storage =
      ExternalStorage.newBuilder()
          .setCacheMaxBytes(0)
          .setDriver(driver)
          .setReadOnlyDrivers(List.of(archive))
          .setFormerDriverNames(
              Map.of("old", InMemoryStorageDriver.TYPE, "older", InMemoryStorageDriver.TYPE))
          .setPayloadSizeThreshold(0)
          .build();

  @Test
  void formerNamesAreRead() {
    StorageReference reference = stored();

    assertThat(retrieve(named("old", reference), named("older", reference)).join())
        .containsExactly(PAYLOAD, PAYLOAD);
  }

  @Test
  void presentAndFormerNamesLeadToOneDriver() throws InterruptedException {
    ManualStorageDriver renamed = new ManualStorageDriver("new");
    ExternalStorage renaming =
        ExternalStorage.newBuilder()
            .setCacheMaxBytes(0)
            .setDriver(renamed)
            .setFormerDriverNames(Map.of("old", "new"))
            .build();

    CompletableFuture<List<Payload>> retrieved =
        renaming.retrieve(
            StorageDriverRetrieveContext.empty(),
            List.of(
                TestPayloads.reference("new", claim("1")),
                TestPayloads.reference("old", claim("2"))));
    for (String key : List.of("1", "2")) {
      ManualStorageDriver.Call<StorageDriverClaim, Payload> call = renamed.nextRetrieval();
      assertThat(call.item()).isEqualTo(claim(key));
      call.result().complete(PAYLOAD);
    }

    assertThat(retrieved.join()).containsExactly(PAYLOAD, PAYLOAD);
  }

  @Test
  void newReferencesNeverHaveAFormerName() {
    assertThat(stored().driverName()).isEqualTo(InMemoryStorageDriver.TYPE);
  }

  @Test
  void readOnlyDriversAreRead() throws InterruptedException {
    CompletableFuture<List<Payload>> retrieved =
        retrieve(TestPayloads.reference("archive", claim("k")));
    archive.nextRetrieval().result().complete(PAYLOAD);

    assertThat(retrieved.join()).containsExactly(PAYLOAD);
  }

  @Test
  void payloadsThatAreNoReferencesStayAsTheyAre() {
    List<Payload> payloads = List.of(PAYLOAD, Payload.getDefaultInstance());

    assertThat(storage.retrieve(StorageDriverRetrieveContext.empty(), payloads).join())
        .isEqualTo(payloads);
    assertThat(retrieve().join()).isEmpty();
  }

  private StorageReference stored() {
    return StorageReference.parse(
            storage.store(StorageDriverStoreContext.empty(), List.of(PAYLOAD)).join().get(0))
        .orElseThrow();
  }

  private CompletableFuture<List<Payload>> retrieve(Payload... payloads) {
    return storage.retrieve(StorageDriverRetrieveContext.empty(), List.of(payloads));
  }

  private static Payload named(String driverName, StorageReference reference) {
    return new StorageReference(driverName, reference.claim(), reference.sizeBytes()).toPayload();
  }
}
