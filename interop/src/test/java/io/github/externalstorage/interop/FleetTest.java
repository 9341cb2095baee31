package io.github.externalstorage.interop;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.HashMultimap;
import com.google.common.collect.SetMultimap;
import com.google.common.collect.Sets;
import io.github.externalstorage.examples.fulfillment.Orders.BatchSummary;
import io.temporal.client.WorkflowClient;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Workers of both routes and of Python share a task queue. Some store, some only read, and one is
 * switched on and off. All of them run activities. The workflow tasks belong to one language, as no
 * SDK can replay a workflow of another language.
 */
@InteropTest
final class FleetTest {

  /** Which worker gets an activity is random: about three rounds are usually enough. */
  private static final int ROUNDS = 100;

  private final String name = Names.unique("fleet");

  @Test
  void javaRunsTheWorkflow(Stage stage) throws Exception {
    Set<Long> java =
        pids(
            stage.javaSdk138("worker", name, "storing"),
            stage.javaSdk138("worker", name, "reading"));
    Set<Long> python =
        pids(python(stage, "--activities-only"), python(stage, "--activities-only", "--read-only"));

    processUntilAllTookPart(stage, stage.javaWorker(name), java, python);
  }

  @Test
  void pythonRunsTheWorkflow(Stage stage) throws Exception {
    Set<Long> java =
        pids(
            stage.javaSdk138("activity-worker", name, "storing"),
            stage.javaSdk138("activity-worker", name, "reading"));
    Set<Long> python = pids(python(stage), python(stage, "--read-only"));

    processUntilAllTookPart(stage, stage.javaActivityWorker(name), java, python);
  }

  private Program python(Stage stage, String... options) throws Exception {
    return stage.python(
        "fulfillment.py",
        Stream.concat(Stream.of("worker", "--task-queue=" + name), Stream.of(options))
            .toArray(String[]::new));
  }

  private static Set<Long> pids(Program... workers) throws InterruptedException {
    for (Program worker : workers) {
      worker.await("READY");
    }
    return Stream.of(workers).map(Program::pid).collect(toSet());
  }

  private void processUntilAllTookPart(
      Stage stage, JavaWorker switched, Set<Long> java, Set<Long> python) {
    WorkflowClient client = stage.java().workflowClient();
    SetMultimap<Boolean, BatchSummary> summariesByMadeInPython = HashMultimap.create();
    Set<Long> idle = new HashSet<>(Sets.union(java, python));
    idle.add(ProcessHandle.current().pid());
    for (int round = 0; !idle.isEmpty(); round++) {
      assertThat(round).as("Rounds without %s", idle).isLessThan(ROUNDS);
      switched.setStoring(round % 2 == 0);
      for (BatchTrace batch : BatchTrace.process(client, name, round)) {
        idle.removeAll(batch.workers());
        summariesByMadeInPython.put(python.contains(batch.creator()), batch.summary());
      }
    }
    assertThat(summariesByMadeInPython.asMap().values()).allMatch(same -> same.size() == 1);
  }
}
