package io.github.externalstorage.lifecycle.gc;

import static io.github.externalstorage.lifecycle.gc.GcWorld.GRACE;
import static io.github.externalstorage.lifecycle.gc.GcWorld.ORDERS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.externalstorage.lifecycle.LifecycleException;
import io.github.externalstorage.lifecycle.StoredAmount;
import io.github.externalstorage.lifecycle.testing.SimulatedTemporal.Run;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GarbageCollectionTest {

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
  void deletesWhatNothingRefersToInASecondRun() {
    String used = world.stored(ORDERS);
    String unused = world.stored(ORDERS);
    world.start(ORDERS, used);
    world.advance(GRACE.plus(DAY));

    GcResult first = world.collect();

    assertThat(first.garbage()).isEqualTo(StoredAmount.NONE);
    assertThat(first.referenced()).isEqualTo(1);
    assertThat(first.quarantines())
        .containsExactly(new GcQuarantine(world.now.plus(GRACE), new StoredAmount(1, 10)));
    assertThat(world.keys()).containsExactlyInAnyOrder(used, unused);

    world.advance(GRACE.plus(DAY));
    GcResult second = world.collect();

    assertThat(second.deleted()).isEqualTo(new StoredAmount(1, 10));
    assertThat(world.deleted).extracting(GcObject::key).containsExactly(unused);
    assertThat(world.keys()).containsExactly(used);
  }

  @Test
  void onlyReportsUnlessAskedToDelete() {
    String unused = world.stored(ORDERS);
    world.advance(GRACE.plus(DAY));
    GcResult first = world.gc().build().run();
    assertThat(first.quarantines()).hasSize(1);
    world.advance(GRACE.plus(DAY));

    GcResult second = world.gc().build().run();

    assertThat(second.garbage()).isEqualTo(new StoredAmount(1, 10));
    assertThat(world.garbage).extracting(GcObject::key).containsExactly(unused);
    assertThat(world.keys()).containsExactly(unused);
  }

  @Test
  void anObjectThatWasWrittenAgainStartsAnew() {
    String key = world.stored(ORDERS);
    world.advance(GRACE.plus(DAY));
    var unused = world.collect();
    world.store.put(key);
    world.advance(GRACE.plus(DAY));

    GcResult second = world.collect();

    assertThat(second.deleted().objects()).isZero();
    assertThat(second.quarantines()).hasSize(1);
    world.advance(GRACE.plus(DAY));
    assertThat(world.collect().deleted().objects()).isEqualTo(1);
  }

  @Test
  void anObjectThatWasReferredToMeanwhileStartsAnew() {
    String key = world.stored(ORDERS);
    world.advance(GRACE.plus(DAY));
    var unused = world.collect();
    Run run = world.start(ORDERS, key);
    world.advance(DAY);
    unused = world.collect();
    world.remove(ORDERS, run);
    world.advance(GRACE);

    assertThat(world.collect().deleted().objects()).isZero();
    world.advance(GRACE.plus(DAY));
    assertThat(world.collect().deleted().objects()).isEqualTo(1);
  }

  @Test
  void twoRunsMustBeAGracePeriodApart() {
    String key = world.stored(ORDERS);
    world.advance(GRACE.plus(DAY));
    for (int day = 0; day < GRACE.toDays(); day++) {
      assertThat(world.collect().deleted().objects()).isZero();
      world.advance(DAY);
    }
    assertThat(world.keys()).containsExactly(key);
    assertThat(world.collect().deleted().objects()).isEqualTo(1);
  }

  @Test
  void keepsYoungObjects() {
    world.stored(ORDERS);
    world.advance(GRACE.minus(DAY));

    GcResult result = world.collect();

    assertThat(result.young()).isEqualTo(1);
    assertThat(result.quarantines()).isEmpty();
  }

  @Test
  void keysOfANamespaceThatIsNotNamedStopIt() {
    world.stored("billing");

    assertThatExceptionOfType(LifecycleException.class)
        .isThrownBy(world::collect)
        .withMessageContaining("'billing'")
        .withMessageContaining("simulated:payloads");
    assertThat(world.temporal.calls).containsExactly("describe namespace");
  }

  @Test
  void restoresWhatItDeleted() {
    String key = world.stored(ORDERS);
    world.advance(GRACE.plus(DAY));
    var unused = world.collect();
    world.advance(GRACE.plus(DAY));
    long run = world.collect().run();
    assertThat(world.keys()).isEmpty();

    assertThat(world.gc().build().undo(run)).isEqualTo(new GcUndoResult(1, 0, 0));

    assertThat(world.keys()).isEqualTo(Set.of(key));
    assertThat(world.gc().build().undo(run)).isEqualTo(new GcUndoResult(0, 0, 0));
  }
}
