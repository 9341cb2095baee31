package io.github.externalstorage.lifecycle.gc;

import static io.github.externalstorage.lifecycle.gc.GcWorld.GRACE;
import static io.github.externalstorage.lifecycle.gc.GcWorld.ORDERS;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Objects that are referred to again after the mark, without being written again: the drivers of Go
 * and Python, and those of Java with a condition, don't write an object that exists.
 */
class GcRepairTest {

  private static final Duration DAY = Duration.ofDays(1);

  @TempDir private Path folder;
  private GcWorld world;
  private String key = "";
  private boolean started;

  @BeforeEach
  void start() {
    world = new GcWorld(folder);
    key = world.stored(ORDERS);
    world.advance(GRACE.plus(DAY));
    var unused = world.collect();
    world.advance(GRACE.plus(DAY));
  }

  @AfterEach
  void stop() {
    world.close();
  }

  /** A worker or client finds that the object exists, and sends a reference to it. */
  private void referAgainBeforeTheDeletion() {
    world.store.setBeforeCall(
        () -> {
          if (!started && world.store.calls.contains("delete " + key)) {
            started = true;
            world.start(ORDERS, key);
          }
        });
  }

  @Test
  void areRestored() {
    referAgainBeforeTheDeletion();

    GcResult result = world.collect();

    assertThat(started).isTrue();
    assertThat(world.keys()).containsExactly(key);
    assertThat(result.restored()).isEqualTo(1);
    assertThat(world.notRestored).isEmpty();
  }

  @Test
  void areReportedIfTheStorageDoesNotKeepThem() {
    world.store.keepsVersions = false;
    referAgainBeforeTheDeletion();

    GcResult result = world.collect();

    assertThat(result.lost()).isEqualTo(1);
    assertThat(world.notRestored).hasSize(1).first().asString().startsWith(key);
  }

  @Test
  void areRestoredByALaterRun() {
    var unused = world.collect();
    world.start(ORDERS, key);
    world.advance(DAY);

    assertThat(world.gc().build().run().restored()).isZero();
    assertThat(world.keys()).isEmpty();
    assertThat(world.notRestored).hasSize(1);

    assertThat(world.collect().restored()).isEqualTo(1);
    assertThat(world.keys()).containsExactly(key);
  }

  @Test
  void areNotReportedIfTheyWereWrittenAgain() {
    world.store.keepsVersions = false;
    var unused = world.collect();
    world.store.put(key);
    world.start(ORDERS, key);

    GcResult result = world.collect();

    assertThat(result.lost()).isZero();
    assertThat(result.restored()).isZero();
    assertThat(world.notRestored).isEmpty();
  }
}
