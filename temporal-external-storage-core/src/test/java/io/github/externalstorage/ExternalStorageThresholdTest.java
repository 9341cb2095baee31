package io.github.externalstorage;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.externalstorage.driver.InMemoryStorageDriver;
import io.github.externalstorage.driver.StorageDriverRetrieveContext;
import io.github.externalstorage.driver.StorageDriverStoreContext;
import io.github.externalstorage.reference.StorageReference;
import io.temporal.api.common.v1.Payload;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which payloads are large enough to be stored, and when any is. */
class ExternalStorageThresholdTest {

  private final InMemoryStorageDriver driver = InMemoryStorageDriver.newBuilder().build();

  @ParameterizedTest
  @CsvSource({"99, false", "100, true", "101, true"})
  void payloadsOfAtLeastTheThresholdAreStored(int size, boolean stored) {
    ExternalStorage storage =
        ExternalStorage.newBuilder().setDriver(driver).setPayloadSizeThreshold(100).build();
    Payload payload = TestPayloads.ofSize(size);

    Payload result = store(storage, payload);

    assertThat(StorageReference.isReference(result)).isEqualTo(stored);
    assertThat(driver.getObjects()).hasSize(stored ? 1 : 0);
    assertThat(retrieve(storage, result)).isEqualTo(payload);
  }

  @ParameterizedTest
  @CsvSource({"262143, false", "262144, true"})
  void defaultThresholdIsThatOfEverySdk(int size, boolean stored) {
    ExternalStorage storage = ExternalStorage.newBuilder().setDriver(driver).build();

    assertThat(StorageReference.isReference(store(storage, TestPayloads.ofSize(size))))
        .isEqualTo(stored);
  }

  @Test
  void thresholdZeroStoresTheEmptyPayloadToo() {
    ExternalStorage storage =
        ExternalStorage.newBuilder().setDriver(driver).setPayloadSizeThreshold(0).build();

    Payload reference = store(storage, Payload.getDefaultInstance());

    assertThat(StorageReference.parse(reference).orElseThrow().sizeBytes()).isZero();
    assertThat(retrieve(storage, reference)).isEqualTo(Payload.getDefaultInstance());
  }

  @Test
  void storingIsSwitchedAtRunTime() {
    AtomicBoolean storing = new AtomicBoolean();
    ExternalStorage storage =
        ExternalStorage.newBuilder()
            .setDriver(driver)
            .setPayloadSizeThreshold(0)
            .setStoreEnabled(storing::get)
            .build();
    Payload payload = TestPayloads.ofSize(50);

    assertThat(store(storage, payload)).isSameAs(payload);
    storing.set(true);
    Payload reference = store(storage, payload);
    assertThat(StorageReference.isReference(reference)).isTrue();
    storing.set(false);
    assertThat(storage.isStoreEnabled()).isFalse();
    assertThat(store(storage, payload)).isSameAs(payload);
    assertThat(retrieve(storage, reference)).isEqualTo(payload);
  }

  private static Payload store(ExternalStorage storage, Payload payload) {
    return storage.store(StorageDriverStoreContext.empty(), List.of(payload)).join().get(0);
  }

  private static Payload retrieve(ExternalStorage storage, Payload payload) {
    return storage.retrieve(StorageDriverRetrieveContext.empty(), List.of(payload)).join().get(0);
  }
}
