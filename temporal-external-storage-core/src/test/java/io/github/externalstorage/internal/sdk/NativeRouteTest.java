package io.github.externalstorage.internal.sdk;

import static io.github.externalstorage.StorageFailures.failureOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.externalstorage.ExternalStorage;
import io.github.externalstorage.ExternalStoragePlugin;
import io.github.externalstorage.ManualStorageDriver;
import io.github.externalstorage.StubStorageDriver;
import io.github.externalstorage.TestPayloads;
import io.github.externalstorage.driver.InMemoryStorageDriver;
import io.github.externalstorage.driver.StorageDriverTargetInfo;
import io.github.externalstorage.driver.StorageException;
import io.github.externalstorage.driver.StorageException.Reason;
import io.temporal.api.common.v1.Payload;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.payload.storage.StorageDriver;
import io.temporal.payload.storage.StorageDriverWorkflowInfo;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The configuration of the SDK's native external storage. */
@Tag("native")
class NativeRouteTest {

  private static final Payload LARGE = TestPayloads.ofSize(100);
  private static final NativeStoreContext CONTEXT =
      NativeStoreContext.of(new StorageDriverWorkflowInfo("ns", "id", "run", "type"));

  private final InMemoryStorageDriver first = InMemoryStorageDriver.newBuilder().build();
  private final InMemoryStorageDriver second =
      InMemoryStorageDriver.newBuilder().setName("second").build();
  private final StubStorageDriver archive = new StubStorageDriver("archive");
  private final AtomicBoolean storing = new AtomicBoolean(true);
  private final List<StorageDriverTargetInfo> targets = new ArrayList<>();
  private io.github.externalstorage.driver.@Nullable StorageDriver selected = second;

  private final io.temporal.payload.storage.ExternalStorage configured =
      configure(
          ExternalStorage.newBuilder()
              .setDrivers(List.of(first, second))
              .setReadOnlyDrivers(List.of(archive))
              .setFormerDriverNames(Map.of("old", "second"))
              .setPayloadSizeThreshold(100)
              .setStoreEnabled(storing::get)
              .setDriverSelector(
                  (context, payload) -> {
                    context.getTarget().ifPresent(targets::add);
                    return selected;
                  })
              .build());

  @Test
  void thresholdIsTheStorages() {
    assertThat(configured.getPayloadSizeThreshold()).isEqualTo(100);
    assertThat(
            configure(
                    ExternalStorage.newBuilder()
                        .setDriver(first)
                        .setPayloadSizeThreshold(0)
                        .build())
                .getPayloadSizeThreshold())
        .isZero();
  }

  @Test
  void referencesAreResolvedManyAtOnce() {
    assertThat(configured.getMaxConcurrentPayloadVisits()).isEqualTo(100);
  }

  @Test
  void driversHaveAllTheirNames() {
    assertThat(configured.getDrivers())
        .extracting(StorageDriver::getName)
        .containsExactlyInAnyOrder("in-memory", "second", "archive", "old");
  }

  @Test
  void formerNamesRead() {
    List<Payload> payloads = List.of(LARGE);
    var claims = driver("second").store(CONTEXT, payloads).join();

    assertThat(second.getObjects()).hasSize(1);
    assertThat(driver("old").retrieve(CONTEXT, claims).join()).isEqualTo(payloads);
  }

  @Test
  void driversAreCheckedOnThisRouteToo() {
    var forged = new io.temporal.payload.storage.StorageDriverClaim(Map.of("key", "elsewhere"));

    failureOf(driver("second").retrieve(CONTEXT, List.of(forged)), Reason.INVALID_CLAIM);
  }

  @Test
  void selectorIsTheStorages() {
    assertThat(select(LARGE)).isSameAs(driver("second"));
    assertThat(targets)
        .containsExactly(
            new io.github.externalstorage.driver.StorageDriverWorkflowInfo(
                "ns", "id", "run", "type"));
    selected = null;
    assertThat(select(LARGE)).isNull();
  }

  @Test
  void nothingIsSelectedForWhatIsNotStored() {
    assertThat(select(TestPayloads.ofSize(99))).isNull();
    assertThat(select(TestPayloads.reference("a".repeat(100), ManualStorageDriver.claim("k"))))
        .isNull();
    storing.set(false);
    assertThat(select(LARGE)).isNull();
    assertThat(targets).isEmpty();
  }

  @Test
  void selectedDriverMustBeRegisteredForStoring() {
    selected = archive;

    assertThat(catchThrowableOfType(StorageException.class, () -> select(LARGE)).getReason())
        .isEqualTo(Reason.MISCONFIGURED);
  }

  private @Nullable StorageDriver select(Payload payload) {
    return configured.getDriverSelector().selectDriver(CONTEXT, payload);
  }

  private StorageDriver driver(String name) {
    return configured.getDrivers().stream()
        .filter(driver -> driver.getName().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static io.temporal.payload.storage.ExternalStorage configure(ExternalStorage storage) {
    WorkflowClientOptions.Builder options = WorkflowClientOptions.newBuilder();
    new ExternalStoragePlugin(storage).configureWorkflowClient(options);
    return options.build().getExternalStorage();
  }
}
