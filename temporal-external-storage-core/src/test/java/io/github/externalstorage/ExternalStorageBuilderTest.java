package io.github.externalstorage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.github.externalstorage.driver.InMemoryStorageDriver;
import io.github.externalstorage.driver.StorageDriver;
import io.github.externalstorage.reference.StorageReference;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExternalStorageBuilderTest {

  private static final StorageDriver A = new StubStorageDriver("a");
  private static final StorageDriver B = new StubStorageDriver("b");

  @Test
  void isDescribedForLogs() {
    try (ExternalStorage storage =
        ExternalStorage.newBuilder()
            .setDriver(InMemoryStorageDriver.newBuilder().build())
            .setPayloadSizeThreshold(1024)
            .build()) {
      assertThat(storage).hasToString("drivers [in-memory], threshold 1024 bytes, storing on");
    }
  }

  @Test
  void defaults() {
    ExternalStorage storage = ExternalStorage.newBuilder().setDriver(A).build();

    assertThat(storage.getPayloadSizeThreshold()).isEqualTo(262_144);
    assertThat(storage.isStoreEnabled()).isTrue();
  }

  @Test
  void needsADriver() {
    assertThatIllegalStateException()
        .isThrownBy(ExternalStorage.newBuilder()::build)
        .withMessageContaining("setDriver");
  }

  @Test
  void readOnlyDriversAreEnough() {
    ExternalStorage storage =
        ExternalStorage.newBuilder().setReadOnlyDrivers(List.of(A, B)).build();

    StorageReference reference = new StorageReference("b", ManualStorageDriver.claim("k"), 0);
    assertThat(storage.resolve(reference).getReference()).isSameAs(reference);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "  ", "\n"})
  void namesAreNotBlank(String name) {
    StorageDriver driver = new StubStorageDriver(name);

    assertThatIllegalArgumentException()
        .isThrownBy(ExternalStorage.newBuilder().setDriver(driver)::build)
        .withMessageContaining("blank")
        .withMessageContaining(StubStorageDriver.class.getName());
  }

  @Test
  void namesAreUniqueAmongStoringDrivers() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            ExternalStorage.newBuilder()
                    .setDrivers(List.of(A, new StubStorageDriver("a")))
                    .setDriverSelector((context, payload) -> null)
                ::build)
        .withMessageContaining("'a'");
  }

  @Test
  void namesAreUniqueAmongStoringAndReadOnlyDrivers() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            ExternalStorage.newBuilder()
                    .setDriver(A)
                    .setReadOnlyDrivers(List.of(new StubStorageDriver("a")))
                ::build)
        .withMessageContaining("'a'");
  }

  @Test
  void severalStoringDriversNeedASelector() {
    ExternalStorage.Builder builder = ExternalStorage.newBuilder().setDrivers(List.of(A, B));

    assertThatIllegalStateException()
        .isThrownBy(builder::build)
        .withMessageContaining("2")
        .withMessageContaining("setDriverSelector");
    assertThat(builder.setDriverSelector((context, payload) -> A).build().isStoreEnabled())
        .isTrue();
  }

  @Test
  void readOnlyDriversNeedNoSelector() {
    assertThat(
            ExternalStorage.newBuilder()
                .setDriver(A)
                .setReadOnlyDrivers(List.of(B))
                .build()
                .isStoreEnabled())
        .isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"null", "", " "})
  void readableNamespacesAreNamesThatKeysCanDistinguish(String namespace) {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> ExternalStorage.newBuilder().setReadableNamespaces(List.of("default", namespace)))
        .withMessageContaining("namespace");
  }

  @Test
  void thresholdIsNotNegative() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ExternalStorage.newBuilder().setPayloadSizeThreshold(-1))
        .withMessageContaining("-1");
  }

  @Test
  void formerNamePointsToARegisteredDriver() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            ExternalStorage.newBuilder()
                    .setDriver(A)
                    .setFormerDriverNames(Map.of("old", "elsewhere"))
                ::build)
        .withMessageContaining("'old'")
        .withMessageContaining("'elsewhere'")
        .withMessageContaining("[a]");
  }

  @Test
  void formerNamesAreNotChained() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            ExternalStorage.newBuilder()
                    .setDriver(A)
                    .setFormerDriverNames(Map.of("older", "old", "old", "a"))
                ::build)
        .withMessageContaining("'older'");
  }

  @Test
  void formerNameIsNotAPresentOne() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            ExternalStorage.newBuilder()
                    .setDriver(A)
                    .setReadOnlyDrivers(List.of(B))
                    .setFormerDriverNames(Map.of("b", "a"))
                ::build)
        .withMessageContaining("'b'");
  }
}
