package io.github.externalstorage.lifecycle.gc;

import static io.github.externalstorage.lifecycle.gc.GcWorld.GRACE;
import static io.github.externalstorage.lifecycle.gc.GcWorld.ORDERS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.externalstorage.driver.StorageException;
import io.github.externalstorage.driver.StorageException.Reason;
import io.github.externalstorage.lifecycle.LifecycleException;
import io.github.externalstorage.options.StorageRetryOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Deletions that are interrupted, fail, or are undone. */
class GcDeletionTest {

  private static final Duration DAY = Duration.ofDays(1);

  @TempDir private Path folder;
  private GcWorld world;

  @BeforeEach
  void start() {
    world = new GcWorld(folder);
  }

  @AfterEach
  void stop() {
    world.close();
  }

  @Test
  void aDeletionWhoseResponseIsLostMayHaveBeenMade() {
    world.setRetryOptions(
        StorageRetryOptions.newBuilder().setInitialBackoff(Duration.ofMillis(1)).build());
    world.stored(ORDERS);
    quarantine();
    AtomicInteger deletions = new AtomicInteger();
    world.store.setLostResponses(
        call ->
            world.store.calls.get(call).startsWith("delete") && deletions.getAndIncrement() == 0
                ? new StorageException(Reason.UNAVAILABLE, true, "connection reset", null)
                : null);

    GcResult result = world.collect();

    assertThat(world.keys()).isEmpty();
    assertThat(result.changed()).isZero();
    assertThat(result.deleted().objects()).isEqualTo(1);
    assertThat(world.gc().build().undo(result.run())).isEqualTo(new GcUndoResult(0, 0, 1));
  }

  @Test
  void aRunThatIsUndoneIsNotContinued() {
    for (int i = 0; i < 3; i++) {
      world.stored(ORDERS);
    }
    quarantine();
    failDeletionsAfter(1);
    assertThatExceptionOfType(LifecycleException.class)
        .isThrownBy(() -> world.gc().setDelete(true).setConcurrency(1).build().run());
    world.store.setFaults(call -> null);
    assertThat(world.keys()).hasSize(2);

    assertThat(world.gc().build().undo(2).restored()).isEqualTo(1);

    assertThat(world.gc().build().run().run()).isEqualTo(3);
  }

  @Test
  void saysWhatWasDeletedBeforeALimitWasExceeded() {
    for (int i = 0; i < 3; i++) {
      world.stored(ORDERS);
    }
    quarantine();
    failDeletionsAfter(1);
    assertThatExceptionOfType(LifecycleException.class)
        .isThrownBy(() -> world.gc().setDelete(true).setConcurrency(1).build().run());
    world.store.setFaults(call -> null);

    assertThatExceptionOfType(LifecycleException.class)
        .isThrownBy(() -> world.gc().setDelete(true).setMaxObjects(2).build().run())
        .withMessageNotContaining("Nothing was deleted")
        .withMessageContaining("3 objects, more than 2");
  }

  private void quarantine() {
    world.advance(GRACE.plus(DAY));
    var unused = world.collect();
    world.advance(GRACE.plus(DAY));
  }

  private void failDeletionsAfter(int number) {
    AtomicInteger deletions = new AtomicInteger();
    world.store.setFaults(
        call ->
            world.store.calls.get(call).startsWith("delete")
                    && deletions.getAndIncrement() >= number
                ? new StorageException(Reason.ACCESS_DENIED, "access denied")
                : null);
  }
}
