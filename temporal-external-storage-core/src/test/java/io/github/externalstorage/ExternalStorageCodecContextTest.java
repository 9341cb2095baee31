package io.github.externalstorage;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.externalstorage.driver.StorageDriver;
import io.github.externalstorage.driver.StorageDriverActivityInfo;
import io.github.externalstorage.driver.StorageDriverClaim;
import io.github.externalstorage.driver.StorageDriverStoreContext;
import io.github.externalstorage.driver.StorageDriverTargetInfo;
import io.github.externalstorage.driver.StorageDriverWorkflowInfo;
import io.github.externalstorage.internal.converter.CurrentTarget;
import io.temporal.api.common.v1.Payload;
import io.temporal.payload.context.ActivitySerializationContext;
import io.temporal.payload.context.SerializationContext;
import io.temporal.payload.context.WorkflowSerializationContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** The context that the storage codec passes to drivers and selectors. */
class ExternalStorageCodecContextTest {

  private final List<Optional<StorageDriverTargetInfo>> targets = new ArrayList<>();

  @Test
  void workflow() {
    encodeWith(new WorkflowSerializationContext("ns", "id"));

    assertTargets(new StorageDriverWorkflowInfo("ns", "id", null, null));
  }

  @Test
  void activityOfAWorkflow() {
    encodeWith(new ActivitySerializationContext("ns", "id", "Workflow", "act", "queue", true));

    assertTargets(new StorageDriverWorkflowInfo("ns", "id", null, "Workflow"));
  }

  @Test
  @SuppressWarnings("NullAway") // The SDK's class takes null.
  void standaloneActivity() {
    StorageDriverTargetInfo own = new StorageDriverActivityInfo("ns", "id", "run", "act");
    SerializationContext context =
        new ActivitySerializationContext("ns", null, null, "act", "queue", false);

    encodeWith(context);
    assertTargets(new StorageDriverActivityInfo("ns", null, null, "act"));
    CurrentTarget.during(own, () -> encodeWith(context));
    assertTargets(own);
  }

  @Test
  void unknown() {
    encodeWith(new SerializationContext() {});

    assertThat(targets).isNotEmpty().allMatch(Optional::isEmpty);
  }

  private void assertTargets(StorageDriverTargetInfo expected) {
    assertThat(targets).isNotEmpty().allMatch(Optional.of(expected)::equals);
    targets.clear();
  }

  private List<Payload> encodeWith(SerializationContext context) {
    StorageDriver driver = new RecordingDriver();
    ExternalStorage storage =
        ExternalStorage.newBuilder()
            .setDriver(driver)
            .setPayloadSizeThreshold(0)
            .setDriverSelector(
                (selection, payload) -> {
                  targets.add(selection.getTarget());
                  return driver;
                })
            .build();
    return ExternalStorageCodec.newBuilder(storage)
        .build()
        .withContext(context)
        .encode(List.of(TestPayloads.json("1")));
  }

  private final class RecordingDriver extends StubStorageDriver {
    private RecordingDriver() {
      super("recording");
    }

    @Override
    public CompletableFuture<StorageDriverClaim> store(
        StorageDriverStoreContext context, Payload payload) {
      targets.add(context.getTarget());
      return CompletableFuture.completedFuture(ManualStorageDriver.claim("k"));
    }
  }
}
