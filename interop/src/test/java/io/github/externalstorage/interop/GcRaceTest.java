package io.github.externalstorage.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.externalstorage.interop.everypath.Cargo;
import io.github.externalstorage.interop.everypath.EveryPathExchangeWorkflow;
import io.github.externalstorage.interop.everypath.MessageExchange;
import io.github.externalstorage.lifecycle.gc.GcResult;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowOptions;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Workflows run and store while garbage is collected, also what is garbage until then. */
@InteropTest
final class GcRaceTest {

  private static final String MAIN = "main";
  private static final int WORKFLOWS = 12;

  @TempDir private Path folder;

  @Test
  void keepsWhatWorkflowsStoreMeanwhile() throws Exception {
    try (GcWorld world = new GcWorld(folder).withNamespace(MAIN, null)) {
      world.enableVersioning();
      String taskQueue = world.name();
      var unused = world.worker(MAIN, taskQueue);
      WorkflowClient before = world.participant(MAIN).workflowClient();
      for (int i = 0; i < WORKFLOWS; i++) {
        exchange(before, taskQueue, i);
      }
      MessageExchange open = MessageExchange.begin(before, taskQueue);
      open.exchange();
      TemporalItems items = new TemporalItems(world.temporal(), world.in(MAIN).namespace());
      for (int i = 0; i < WORKFLOWS; i++) {
        items.deleteRuns(workflowId(i));
      }
      Set<String> old = world.keys();
      Set<String> garbage = GcWorld.without(old, world.referredKeys());
      assertThat(world.gc().build().run().quarantines()).hasSize(1);
      world.continueToday();

      CompletableFuture<GcResult> collection =
          CompletableFuture.supplyAsync(
              () -> world.gc().setDelete(true).setStorageRequestsPerSecond(5).build().run());
      // Another one, whose cache does not contain objects that only look old.
      WorkflowClient meanwhile = world.participant(MAIN).workflowClient();
      for (int i = 0; i < WORKFLOWS || !collection.isDone(); i++) {
        exchange(meanwhile, taskQueue, (i * 7) % WORKFLOWS);
        open.exchange();
      }
      open.end();
      GcResult result = collection.join();

      assertThat(result.deleted().objects() + result.changed()).isLessThanOrEqualTo(garbage.size());
      world.assertThatNothingIsMissing();
    }
  }

  private static void exchange(WorkflowClient client, String taskQueue, int number) {
    client
        .newWorkflowStub(
            EveryPathExchangeWorkflow.class,
            WorkflowOptions.newBuilder()
                .setTaskQueue(taskQueue)
                .setWorkflowId(workflowId(number))
                .build())
        .run(Cargo.of("race", number + "-input"))
        .expect(number + "-result");
  }

  private static String workflowId(int number) {
    return "race-" + number;
  }
}
