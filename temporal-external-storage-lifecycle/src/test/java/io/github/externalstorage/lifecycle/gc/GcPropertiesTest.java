package io.github.externalstorage.lifecycle.gc;

import static io.github.externalstorage.lifecycle.gc.GcWorld.GRACE;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.externalstorage.lifecycle.testing.Events;
import io.github.externalstorage.lifecycle.testing.SimulatedTemporal.Run;
import io.github.externalstorage.lifecycle.testing.StoredSamples;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/**
 * Whatever workflows do between and during runs of garbage collection: what is referred to stays,
 * and everything else goes in the end.
 */
class GcPropertiesTest {

  @Property(seed = "1", tries = 12)
  void keepsWhatIsReferredToAndDeletesEverythingElse(@ForAll long seed) throws IOException {
    Path folder = Files.createTempDirectory("gc");
    try (GcWorld world = new GcWorld(folder)) {
      new Scenario(world, new Random(seed)).run();
    } finally {
      try (var files = Files.list(folder)) {
        for (Path file : files.toList()) {
          Files.delete(file);
        }
      }
      Files.delete(folder);
    }
  }

  /** One history of the world. */
  private static final class Scenario {

    private static final List<String> NAMESPACES = List.of(GcWorld.ORDERS, "billing");

    private final GcWorld world;
    private final Random random;
    private final List<Owned> runs = new ArrayList<>();
    private final List<String> stored = new ArrayList<>();
    private boolean removes = true;
    private boolean isCollecting;

    Scenario(GcWorld world, Random random) {
      this.world = world;
      this.random = random;
      world.addNamespace("billing");
      world.temporal.pageSize = 1 + random.nextInt(4);
      world.store.pageSize = 1 + random.nextInt(5);
    }

    void run() {
      int rounds = 2 + random.nextInt(5);
      for (int round = 0; round < rounds; round++) {
        for (int i = random.nextInt(12); i > 0; i--) {
          act();
          world.advance(Duration.ofHours(random.nextInt(30)));
        }
        collectWhileWorkflowsRun();
        assertThat(world.keys()).containsAll(referred());
        if (random.nextBoolean()) {
          world.advance(GRACE);
        }
      }
      for (int i = 0; i < 2; i++) {
        world.advance(GRACE.plusDays(1));
        var unused = world.collect();
      }
      assertThat(world.keys()).isEqualTo(referred());
    }

    private void collectWhileWorkflowsRun() {
      // A reference that moves away from wherever it is looked for could only be missed in both of
      // two runs, so one move in each run is enough to show that it does not matter.
      removes = random.nextBoolean();
      isCollecting = true;
      Runnable change =
          () -> {
            if (random.nextInt(3) == 0) {
              act();
            }
          };
      world.temporal.setBeforeCall(change);
      world.store.setBeforeCall(change);
      try {
        var unused =
            world
                .gc()
                .setDelete(random.nextInt(4) > 0)
                .setFull(random.nextInt(4) == 0)
                .setConcurrency(1 + random.nextInt(4))
                .build()
                .run();
      } finally {
        world.temporal.setBeforeCall(() -> {});
        world.store.setBeforeCall(() -> {});
        removes = true;
        isCollecting = false;
      }
    }

    private synchronized void act() {
      String namespace = NAMESPACES.get(random.nextInt(NAMESPACES.size()));
      switch (random.nextInt(9)) {
        case 0 -> stored.add(world.stored(namespace));
        case 1 -> runs.add(new Owned(namespace, world.start(namespace, writeAgain(namespace))));
        case 2 -> runs.add(new Owned(namespace, world.start(namespace)));
        case 3 -> anyOpen().ifPresent(run -> world.signal(run.run, writeAgain(run.namespace)));
        case 4 -> anyOpen().ifPresent(run -> world.close(run.run, writeAgain(run.namespace)));
        case 5 -> anyOpen().ifPresent(this::continueAsNew);
        case 6 -> anyOpen().ifPresent(run -> heartbeat(run));
        case 7 -> {
          if (removes && !runs.isEmpty()) {
            Owned run = runs.remove(random.nextInt(runs.size()));
            world.remove(run.namespace, run.run);
            removes = !isCollecting;
          }
        }
        default -> {
          var schedules = world.temporal.add(namespace).schedules;
          if (random.nextBoolean()) {
            schedules.put(
                "schedule-" + random.nextInt(3),
                Events.schedule(
                    GcWorld.reference(writeAgain(namespace)), StoredSamples.inline("none")));
          } else {
            schedules.remove("schedule-" + random.nextInt(3));
          }
        }
      }
    }

    /** A worker stores what it sends, whether an equal object exists or not. */
    private String writeAgain(String namespace) {
      if (stored.isEmpty() || random.nextBoolean()) {
        stored.add(world.stored(namespace));
        return stored.get(stored.size() - 1);
      }
      String key = stored.get(random.nextInt(stored.size()));
      world.store.put(key);
      return key;
    }

    /** The server copies references, so their objects are not written again. */
    private void continueAsNew(Owned run) {
      String[] keys = world.references(run.run).toArray(new String[0]);
      world.close(run.run);
      runs.add(new Owned(run.namespace, world.start(run.namespace, keys)));
    }

    private void heartbeat(Owned run) {
      run.run.description =
          Events.pending(
              GcWorld.reference(writeAgain(run.namespace)), StoredSamples.inline("failure"));
    }

    private Optional<Owned> anyOpen() {
      List<Owned> open = runs.stream().filter(run -> run.run.isOpen()).toList();
      return open.isEmpty() ? Optional.empty() : Optional.of(open.get(random.nextInt(open.size())));
    }

    private Set<String> referred() {
      Set<String> keys = new TreeSet<>();
      runs.forEach(run -> keys.addAll(world.references(run.run)));
      NAMESPACES.forEach(
          namespace ->
              world
                  .temporal
                  .add(namespace)
                  .schedules
                  .values()
                  .forEach(schedule -> keys.addAll(GcWorld.references(schedule))));
      return keys;
    }

    private record Owned(String namespace, Run run) {}
  }
}
