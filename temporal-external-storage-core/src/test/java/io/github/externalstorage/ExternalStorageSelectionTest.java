package io.github.externalstorage;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.externalstorage.driver.InMemoryStorageDriver;
import io.github.externalstorage.driver.StorageDriver;
import io.github.externalstorage.driver.StorageDriverStoreContext;
import io.github.externalstorage.driver.StorageDriverWorkflowInfo;
import io.github.externalstorage.reference.StorageReference;
import io.temporal.api.common.v1.Payload;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** With which driver a payload is stored, and which payloads are left unchanged. */
class ExternalStorageSelectionTest {

  private static final StorageDriverStoreContext CONTEXT = StorageDriverStoreContext.empty();

  private final InMemoryStorageDriver driver = InMemoryStorageDriver.newBuilder().build();
  private final InMemoryStorageDriver other =
      InMemoryStorageDriver.newBuilder().setName("other").build();

  @Test
  void referenceHasDriverAndSize() {
    StorageReference reference =
        StorageReference.parse(store(storingAll(other), TestPayloads.ofSize(321))).orElseThrow();

    assertThat(reference.driverName()).isEqualTo("other");
    assertThat(reference.sizeBytes()).isEqualTo(321);
  }

  @Test
  void referencesAreNeverStoredAgain() {
    ExternalStorage storage = storingAll(driver);
    Payload reference = store(storage, TestPayloads.ofSize(50));
    Payload foreign = TestPayloads.reference("elsewhere", ManualStorageDriver.claim("k"));
    Payload marked = TestPayloads.marked(reference, new GzipPayloadCodec());

    assertThat(storage.store(CONTEXT, List.of(reference, foreign, marked)).join())
        .containsExactly(reference, foreign, marked);
    assertThat(driver.getObjects()).hasSize(1);
  }

  @Test
  void selectorDecidesPerPayloadAndMayKeepOneInline() {
    StorageDriverStoreContext context =
        StorageDriverStoreContext.of(new StorageDriverWorkflowInfo("ns", "id", null, "type"));
    List<Payload> payloads =
        List.of(TestPayloads.ofSize(30), TestPayloads.ofSize(31), TestPayloads.ofSize(32));
    List<StorageDriverStoreContext> seen = new ArrayList<>();
    ExternalStorage storage =
        ExternalStorage.newBuilder()
            .setDrivers(List.of(driver, other))
            .setPayloadSizeThreshold(0)
            .setDriverSelector(
                (c, payload) -> {
                  seen.add(c);
                  return switch (payloads.indexOf(payload)) {
                    case 0 -> other;
                    case 1 -> null;
                    default -> driver;
                  };
                })
            .build();

    List<Payload> stored = storage.store(context, payloads).join();

    assertThat(StorageReference.parse(stored.get(0)).orElseThrow().driverName()).isEqualTo("other");
    assertThat(stored.get(1)).isSameAs(payloads.get(1));
    assertThat(StorageReference.parse(stored.get(2)).orElseThrow().driverName())
        .isEqualTo(InMemoryStorageDriver.TYPE);
    assertThat(seen).hasSize(3).allMatch(c -> c.getTarget().equals(context.getTarget()));
  }

  @Test
  void selectorIsNotCalledForSmallPayloads() {
    ExternalStorage storage =
        ExternalStorage.newBuilder()
            .setDriver(driver)
            .setDriverSelector(
                (context, payload) -> {
                  throw new AssertionError("Nothing is to be selected");
                })
            .build();
    Payload small = TestPayloads.ofSize(100);

    assertThat(store(storage, small)).isSameAs(small);
  }

  private static ExternalStorage storingAll(StorageDriver driver) {
    return ExternalStorage.newBuilder().setDriver(driver).setPayloadSizeThreshold(0).build();
  }

  private static Payload store(ExternalStorage storage, Payload payload) {
    return storage.store(CONTEXT, List.of(payload)).join().get(0);
  }
}
