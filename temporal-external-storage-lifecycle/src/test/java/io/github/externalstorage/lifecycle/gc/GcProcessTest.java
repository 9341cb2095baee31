package io.github.externalstorage.lifecycle.gc;

import static io.github.externalstorage.lifecycle.gc.GcWorld.GRACE;
import static io.github.externalstorage.lifecycle.gc.GcWorld.ORDERS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.externalstorage.fixtures.JavaProcess;
import io.github.externalstorage.lifecycle.LifecycleException;
import io.github.externalstorage.lifecycle.StoredAmount;
import io.github.externalstorage.lifecycle.internal.state.StateFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process that has the state file open is killed. */
class GcProcessTest {

  private static final Duration DAY = Duration.ofDays(1);

  @TempDir private Path folder;

  @Test
  void anotherProcessContinuesAfterOneWasKilled() throws IOException, InterruptedException {
    for (int commits : new int[] {3, 9}) {
      Path stateFolder = Files.createDirectory(folder.resolve("state-" + commits));
      try (JavaProcess process =
          JavaProcess.start(
              folder,
              Map.of(),
              Collector.class.getName(),
              stateFolder.toString(),
              Integer.toString(commits))) {
        process.awaitLine("stopped at commit " + commits);
        try (GcWorld world = world(stateFolder)) {
          assertThatExceptionOfType(LifecycleException.class)
              .isThrownBy(world::collect)
              .withMessageContaining("in use by another process");
          process.kill();
          assertThat(process.exitCode()).isNotZero();

          GcResult result = world.collect();

          assertThat(result.run()).isEqualTo(1);
          assertThat(result.referenced()).isEqualTo(4);
          assertThat(result.quarantines())
              .extracting(GcQuarantine::totals)
              .containsExactly(new StoredAmount(4, 40));
          world.advance(GRACE.plus(DAY));
          assertThat(world.collect().deleted()).isEqualTo(new StoredAmount(4, 40));
        }
      }
    }
  }

  /** The same world in each process. */
  private static GcWorld world(Path stateFolder) {
    GcWorld world = new GcWorld(stateFolder);
    for (int i = 0; i < 4; i++) {
      world.start(ORDERS, world.stored(ORDERS));
      world.stored(ORDERS);
    }
    world.advance(GRACE.plus(DAY));
    return world;
  }

  /** Collects garbage, and stops for good after some commits. */
  static final class Collector {

    private Collector() {}

    public static void main(String[] args) {
      int last = Integer.parseInt(args[1]);
      int[] commits = {0};
      try (GcWorld world = world(Path.of(args[0]))) {
        var unused =
            world
                .gc()
                .setConcurrency(1)
                .setCommitListener(
                    new StateFile.CommitListener() {
                      @Override
                      public void afterCommit() {
                        commits[0]++;
                        if (commits[0] == last) {
                          System.out.println("stopped at commit " + last);
                          waitForever();
                        }
                      }
                    })
                .build()
                .run();
      }
    }

    private static void waitForever() {
      try {
        new CountDownLatch(1).await();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
