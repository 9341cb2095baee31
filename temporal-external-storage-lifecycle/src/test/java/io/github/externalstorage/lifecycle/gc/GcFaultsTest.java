package io.github.externalstorage.lifecycle.gc;

import static io.github.externalstorage.lifecycle.gc.GcWorld.GRACE;
import static io.github.externalstorage.lifecycle.gc.GcWorld.ORDERS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.externalstorage.driver.StorageException;
import io.github.externalstorage.driver.StorageException.Reason;
import io.github.externalstorage.lifecycle.LifecycleException;
import io.github.externalstorage.lifecycle.internal.state.StateFile;
import io.github.externalstorage.lifecycle.testing.Events;
import io.github.externalstorage.lifecycle.testing.SimulatedTemporal;
import io.github.externalstorage.lifecycle.testing.SimulatedTemporal.Run;
import io.github.externalstorage.lifecycle.testing.StoredSamples;
import io.grpc.Status;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever fails, and whenever the process ends: nothing that is referred to is deleted. */
class GcFaultsTest {

  private static final Duration DAY = Duration.ofDays(1);

  @TempDir private Path folder;
  private final Set<String> live = new HashSet<>();
  private final Set<String> garbage = new HashSet<>();
  private int worlds;
  private GcUndoResult lastUndo = new GcUndoResult(0, 0, 0);

  @Test
  void anErrorOfTemporalEndsTheRun() throws IOException {
    Calls calls = countCalls();
    assertThat(calls.beforeDeletion).isGreaterThan(12);
    assertThat(calls.all).isGreaterThan(calls.beforeDeletion);
    for (int i = 0; i < calls.all; i++) {
      int failing = i;
      try (GcWorld world = ripeWorld()) {
        world.temporal.calls.clear();
        world.temporal.setFaults(call -> call == failing ? Status.PERMISSION_DENIED : Status.OK);

        assertThatExceptionOfType(LifecycleException.class)
            .as("call %s", failing)
            .isThrownBy(world::collect)
            .withMessageContaining("PERMISSION_DENIED");

        assertThat(world.deleted.isEmpty()).isEqualTo(failing < calls.beforeDeletion);
        assertThat(world.keys()).containsAll(live);
        world.temporal.setFaults(call -> Status.OK);
        var unused = world.collect();
        assertThat(world.keys()).as("after call %s", failing).isEqualTo(live);
      }
    }
  }

  @Test
  void anErrorOfTheStorageEndsTheRun() throws IOException {
    int calls;
    try (GcWorld world = ripeWorld()) {
      world.store.calls.clear();
      var unused = world.collect();
      calls = world.store.calls.size();
    }
    assertThat(calls).isGreaterThan(8);
    for (int i = 0; i < calls; i++) {
      int failing = i;
      try (GcWorld world = ripeWorld()) {
        world.store.calls.clear();
        world.store.setFaults(
            call ->
                call == failing
                    ? new StorageException(Reason.ACCESS_DENIED, "access is denied")
                    : null);

        assertThatExceptionOfType(LifecycleException.class)
            .as("call %s", failing)
            .isThrownBy(world::collect)
            .withMessageContaining("access is denied");

        assertThat(world.keys()).containsAll(live);
        world.store.setFaults(call -> null);
        var unused = world.collect();
        assertThat(world.keys()).as("after call %s", failing).isEqualTo(live);
      }
    }
  }

  /** As by kill -9 before or after each commit, and then started again. */
  @Test
  void continuesWhereverTheProcessEnded() throws IOException {
    int ends = 0;
    boolean isDone = false;
    for (int commit = 0; !isDone; commit++) {
      for (boolean before : new boolean[] {true, false}) {
        try (GcWorld world = ripeWorld()) {
          isDone = !endAt(world, commit, before);
          ends++;
          assertThat(world.keys()).containsAll(live);

          var unused = world.collect();

          assertThat(world.keys()).as("commit %s, before: %s", commit, before).isEqualTo(live);
          requireTruthfulRecord(world);
        }
      }
    }
    assertThat(ends).isGreaterThan(30);
  }

  /** As by kill -9 while requests are under way. */
  @Test
  void continuesAfterItEndedWhileItDeleted() throws IOException {
    for (boolean deleted : new boolean[] {true, false}) {
      try (GcWorld world = ripeWorld()) {
        world.store.setBeforeDelete(
            key -> {
              if (deleted) {
                world.store.objects.remove(key);
              }
              throw new Killed();
            });
        assertThat(catchThrowable(world::collect)).hasRootCauseInstanceOf(Killed.class);
        world.store.setBeforeDelete(key -> {});

        var unused = world.collect();

        assertThat(world.keys()).isEqualTo(live);
        requireTruthfulRecord(world);
      }
    }
  }

  /** Every object that is gone is in the state file as deleted, or as maybe deleted. */
  private void requireTruthfulRecord(GcWorld world) {
    long restored = 0;
    long unknown = 0;
    for (long run = 1; run <= 4; run++) {
      if (catchThrowable(undo(world, run)) == null) {
        restored += lastUndo.restored();
        unknown += lastUndo.unknown();
      }
    }
    assertThat(restored + unknown).isEqualTo(garbage.size());
  }

  private ThrowingCallable undo(GcWorld world, long run) {
    return () -> lastUndo = world.gc().build().undo(run);
  }

  private static boolean endAt(GcWorld world, int number, boolean before) {
    int[] commits = {0};
    StateFile.CommitListener listener =
        new StateFile.CommitListener() {
          @Override
          public void beforeCommit() {
            if (before && commits[0]++ == number) {
              throw new Killed();
            }
          }

          @Override
          public void afterCommit() {
            if (!before && commits[0]++ == number) {
              throw new Killed();
            }
          }
        };
    Throwable thrown =
        catchThrowable(
            () ->
                world
                    .gc()
                    .setDelete(true)
                    .setConcurrency(1)
                    .setCommitListener(listener)
                    .build()
                    .run());
    assertThat(thrown)
        .satisfiesAnyOf(
            end -> assertThat(end).isNull(), end -> assertThat(end).isInstanceOf(Killed.class));
    return thrown != null;
  }

  @Test
  void aNamespaceThatIsDeletedMeanwhileEndsTheRun() throws IOException {
    forEachCallOfTemporal(
        world -> world.temporal.namespaces.remove(ORDERS), LifecycleException.class);
  }

  @Test
  void aNamespaceThatIsCreatedAgainMeanwhileEndsTheRun() throws IOException {
    forEachCallOfTemporal(
        world -> world.temporal.namespaces.put(ORDERS, new SimulatedTemporal.Namespace("another")),
        LifecycleException.class);
  }

  private void forEachCallOfTemporal(Consumer<GcWorld> change, Class<? extends Exception> expected)
      throws IOException {
    Calls calls = countCalls();
    for (int i = 1; i < calls.all; i++) {
      int changing = i;
      try (GcWorld world = ripeWorld()) {
        world.temporal.calls.clear();
        world.temporal.setBeforeCall(
            () -> {
              if (world.temporal.calls.size() == changing + 1) {
                change.accept(world);
              }
            });

        assertThatExceptionOfType(expected)
            .as("call %s of %s", changing, calls.all)
            .isThrownBy(world::collect);

        assertThat(world.deleted.isEmpty()).isEqualTo(changing < calls.beforeDeletion);
      }
    }
  }

  /** How often a run calls Temporal: after the deletion, it reads once more what could change. */
  private record Calls(int beforeDeletion, int all) {}

  private Calls countCalls() throws IOException {
    try (GcWorld world = ripeWorld()) {
      world.temporal.calls.clear();
      AtomicInteger beforeDeletion = new AtomicInteger();
      world.store.setBeforeDelete(key -> beforeDeletion.set(world.temporal.calls.size()));
      var unused = world.collect();
      assertThat(world.keys()).isEqualTo(live);
      return new Calls(beforeDeletion.get(), world.temporal.calls.size());
    }
  }

  /** A world in which the next run deletes. */
  private GcWorld ripeWorld() throws IOException {
    live.clear();
    garbage.clear();
    worlds++;
    GcWorld world = new GcWorld(Files.createDirectory(folder.resolve("world-" + worlds)));
    world.temporal.add(ORDERS);
    for (int i = 0; i < 4; i++) {
      String key = world.stored(ORDERS);
      live.add(key);
      Run run = world.start(ORDERS, key);
      if (i % 2 == 0) {
        world.close(run);
      }
      garbage.add(world.stored(ORDERS));
    }
    String scheduled = world.stored(ORDERS);
    live.add(scheduled);
    world
        .temporal
        .add(ORDERS)
        .schedules
        .put("daily", Events.schedule(GcWorld.reference(scheduled), StoredSamples.inline("note")));
    world.advance(GRACE.plus(DAY));
    var unused = world.collect();
    assertThat(world.deleted).isEmpty();
    world.advance(GRACE.plus(DAY));
    return world;
  }

  private static final class Killed extends Error {
    private static final long serialVersionUID = 1L;
  }
}
