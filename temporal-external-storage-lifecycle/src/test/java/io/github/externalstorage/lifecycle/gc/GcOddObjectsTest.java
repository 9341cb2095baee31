package io.github.externalstorage.lifecycle.gc;

import static io.github.externalstorage.lifecycle.gc.GcWorld.GRACE;
import static io.github.externalstorage.lifecycle.gc.GcWorld.ORDERS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.externalstorage.lifecycle.LifecycleException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Buckets with objects that no worker writes. */
class GcOddObjectsTest {

  private static final Duration DAY = Duration.ofDays(1);
  private static final String DIGEST = "/d/sha256/" + "a".repeat(64);

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
  void anObjectFromTheFutureIsYoung() {
    world.advance(Duration.ofDays(365));
    world.stored(ORDERS);
    world.advance(Duration.ofDays(-300));
    world.stored(ORDERS);
    world.advance(GRACE.plus(DAY));

    GcResult result = world.collect();

    assertThat(result.young()).isEqualTo(1);
    assertThat(result.quarantines()).hasSize(1);
  }

  @Test
  void aKeyCannotControlTheTerminal() {
    world.store.put("v0/ns/%1B%5B2J" + DIGEST);

    assertThatExceptionOfType(LifecycleException.class)
        .isThrownBy(world::collect)
        .satisfies(failure -> assertThat(failure.getMessage()).doesNotContain("\u001b"));
  }

  @Test
  void keysOfAnotherGrammarAreNeverDeleted() {
    world.store.put("v0/ns/orders/");
    world.store.put("v0/ns/orders/readme.txt");
    world.store.put("v0/ns/orders/../x" + DIGEST);
    world.store.put("v0/ns/%zz" + DIGEST);
    world.store.put("v0/ns//wt" + DIGEST);
    world.store.put("v0/d/md5/" + "a".repeat(64));
    world.store.put("v0/d/sha256/" + "A".repeat(64));
    world.store.put("v1" + DIGEST);
    var keys = world.keys();
    world.advance(GRACE.plus(DAY));
    var unused = world.collect();
    world.advance(GRACE.plus(DAY));

    unused = world.collect();

    assertThat(world.keys()).isEqualTo(keys);
  }
}
