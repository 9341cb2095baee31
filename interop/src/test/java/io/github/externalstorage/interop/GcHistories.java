package io.github.externalstorage.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.externalstorage.GzipPayloadCodec;
import io.github.externalstorage.driver.StorageDriverStoreContext;
import io.github.externalstorage.interop.everypath.Cargo;
import io.github.externalstorage.interop.everypath.Waiting;
import io.github.externalstorage.reference.StorageReference;
import io.temporal.api.common.v1.Payload;
import io.temporal.api.common.v1.Payloads;
import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.api.common.v1.WorkflowType;
import io.temporal.api.taskqueue.v1.TaskQueue;
import io.temporal.api.workflowservice.v1.ResetWorkflowExecutionRequest;
import io.temporal.api.workflowservice.v1.StartWorkflowExecutionRequest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Fills a world of garbage collection with the histories of all SDKs, and deletes some. */
final class GcHistories {

  static final String MAIN = "main";
  static final String SECOND = "second";

  /** With a codec after storage. */
  static final String ENCODED = "encoded";

  private static final GzipPayloadCodec CODEC = new GzipPayloadCodec();

  private final GcWorld world;
  private final String taskQueue;
  private final TemporalItems main;
  private final Set<String> encodedKeys = new TreeSet<>();

  GcHistories(GcWorld world) {
    this.world = world;
    taskQueue = world.name();
    main = new TemporalItems(world.temporal(), world.in(MAIN).namespace());
  }

  /** Writes histories. Workflows in Java call Nexus operations of the second namespace. */
  void write() throws Exception {
    world.participant(SECOND).everyPath(taskQueue, "").createNexusEndpoint();
    var unusedMain = world.worker(MAIN, taskQueue);
    var unusedSecond = world.worker(SECOND, taskQueue);
    sideBySide(
        () -> {
          everyPath("parents");
          everyPath("children");
          everyPath("forgotten");
          stayOpen();
          plant();
        },
        () -> {
          python();
          everythingStored(OtherSdk.GO);
        },
        () -> {
          codecRoute();
          everythingStored(OtherSdk.TYPESCRIPT);
        });
  }

  /** Deletes what retention or people could have deleted. */
  void deleteSome() throws Exception {
    TemporalItems second = new TemporalItems(world.temporal(), world.in(SECOND).namespace());
    // Parents whose children are gone, and the reverse; in two namespaces.
    main.deleteRuns("every-path-parents-child", "every-path-parents-failing");
    second.deleteRuns("every-path-parents-nexus");
    main.deleteRuns("every-path-children");
    // The first of two runs.
    main.deleteContinuedRuns("every-path-python");
    reset("every-path-parents-receiver");
    main.deleteAll("every-path-forgotten");
    second.deleteAll("every-path-forgotten");
  }

  /**
   * The keys in references that a codec has encoded, so that they are not readable in histories.
   */
  Set<String> encodedKeys() {
    return encodedKeys;
  }

  private void everyPath(String run) {
    world.participant(MAIN).everyPath(taskQueue, run).start();
  }

  private void stayOpen() {
    world.participant(MAIN).everyPath(taskQueue, "open").leaveOpen();
    world.participant(MAIN).everyPath(taskQueue, "later").scheduleForLater();
  }

  private void python() throws Exception {
    String queue = "--task-queue=" + taskQueue + "-python";
    Map<String, String> environment = world.environment(MAIN);
    world.enter(Program.python(environment, "every_path.py", "worker", queue)).await("READY");
    run(Program.python(environment, "every_path.py", "starter", queue, "--run=python"));
  }

  private void codecRoute() throws Exception {
    String queue = taskQueue + "-codec";
    Map<String, String> environment = world.environment(MAIN);
    world.enter(Program.javaSdk138(environment, "worker", queue, "storing")).await("READY");
    run(Program.javaSdk138(environment, "every-path", queue, "codec"));
  }

  private void everythingStored(OtherSdk sdk) throws Exception {
    String queue = "--task-queue=" + taskQueue + "-" + sdk;
    world.enter(program(sdk, "worker", queue, "--payload-size-threshold=1")).await("READY");
    run(
        program(
            sdk,
            "starter",
            queue,
            "--payload-size-threshold=1",
            "--workflow-id=" + sdk,
            "--batch-id=" + Batch.ID,
            "--orders=" + Batch.ORDERS));
  }

  private Program program(OtherSdk sdk, String... arguments) throws IOException {
    Map<String, String> environment = world.environment(MAIN);
    return sdk == OtherSdk.GO
        ? Program.go(environment, arguments)
        : Program.typeScript(environment, "fulfillment.ts", arguments);
  }

  private static void run(Program starter) throws Exception {
    try (starter) {
      assertThat(starter.outcome()).isNotNull();
    }
  }

  /** Starts workflows that no worker runs, with references in every spelling, each of its own. */
  private void plant() {
    Participant planter = world.participant(ENCODED);
    for (String namespace : List.of(MAIN, ENCODED)) {
      for (ReferenceSpelling spelling : ReferenceSpelling.values()) {
        StorageReference reference = store(planter, namespace + spelling);
        start(namespace, "planted-" + spelling, spelling.write(reference));
        if (spelling == ReferenceSpelling.MARKED) {
          encodedKeys.add(key(reference));
        }
      }
    }
    StorageReference unmarked = store(planter, "unmarked");
    start(ENCODED, "planted-unmarked", CODEC.encode(List.of(unmarked.toPayload())).get(0));
    encodedKeys.add(key(unmarked));
  }

  private static String key(StorageReference reference) {
    return reference.claim().getClaimData().getOrDefault("key", "");
  }

  private static StorageReference store(Participant planter, String name) {
    Payload payload = Participant.gzip().toPayload(Cargo.of("planted", name)).orElseThrow();
    List<Payload> stored =
        planter.storage().store(StorageDriverStoreContext.empty(), List.of(payload)).join();
    return StorageReference.parse(stored.get(0)).orElseThrow();
  }

  private void start(String namespace, String workflowId, Payload input) {
    var unused =
        world
            .temporal()
            .startWorkflowExecution(
                StartWorkflowExecutionRequest.newBuilder()
                    .setNamespace(world.in(namespace).namespace())
                    .setRequestId(workflowId)
                    .setWorkflowId(workflowId)
                    .setWorkflowType(WorkflowType.newBuilder().setName("Planted"))
                    .setTaskQueue(TaskQueue.newBuilder().setName(taskQueue + "-nobody"))
                    .setInput(Payloads.newBuilder().addPayloads(input))
                    .build());
  }

  /** Only the run that the reset creates remains. It has the events until the reset. */
  private void reset(String workflowId) {
    String namespace = world.in(MAIN).namespace();
    WorkflowExecution original = main.runs(workflowId).get(0).getExecution();
    String run =
        world
            .temporal()
            .resetWorkflowExecution(
                ResetWorkflowExecutionRequest.newBuilder()
                    .setNamespace(namespace)
                    .setWorkflowExecution(original)
                    .setRequestId(workflowId)
                    .setWorkflowTaskFinishEventId(main.firstWorkflowTaskEnd(original))
                    .build())
            .getRunId();
    Waiting.until("the reset run is listed", () -> main.runs(workflowId).size() == 2);
    main.deleteRun(original);
    assertThat(main.runs(workflowId))
        .singleElement()
        .satisfies(left -> assertThat(left.getExecution().getRunId()).isEqualTo(run));
  }

  private static void sideBySide(Task... tasks) throws Exception {
    ExecutorService threads = Executors.newCachedThreadPool();
    try {
      List<Future<?>> running = new ArrayList<>();
      for (Task task : tasks) {
        running.add(
            threads.submit(
                () -> {
                  task.run();
                  return null;
                }));
      }
      for (Future<?> task : running) {
        var unused = task.get();
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @FunctionalInterface
  private interface Task {
    void run() throws Exception;
  }
}
