package io.github.externalstorage.lifecycle.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;

import com.google.protobuf.Timestamp;
import io.github.externalstorage.ExternalStorage;
import io.github.externalstorage.driver.StorageDriverStoreContext;
import io.github.externalstorage.driver.StorageException;
import io.github.externalstorage.fixtures.temporal.FakeTemporalServer;
import io.github.externalstorage.lifecycle.LifecycleException;
import io.github.externalstorage.lifecycle.NamespaceStorage;
import io.github.externalstorage.lifecycle.PayloadLocation.Kind;
import io.github.externalstorage.lifecycle.plan.PlanObstacle.Reason;
import io.github.externalstorage.lifecycle.testing.RulesDriver;
import io.github.externalstorage.lifecycle.testing.StoredSamples;
import io.grpc.Status;
import io.temporal.api.activity.v1.ActivityExecutionInfo;
import io.temporal.api.common.v1.ActivityType;
import io.temporal.api.common.v1.Memo;
import io.temporal.api.common.v1.Payload;
import io.temporal.api.common.v1.Payloads;
import io.temporal.api.common.v1.RetryPolicy;
import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.api.common.v1.WorkflowType;
import io.temporal.api.enums.v1.EventType;
import io.temporal.api.history.v1.HistoryEvent;
import io.temporal.api.history.v1.WorkflowExecutionStartedEventAttributes;
import io.temporal.api.nexus.v1.NexusOperationExecutionInfo;
import io.temporal.api.schedule.v1.Schedule;
import io.temporal.api.schedule.v1.ScheduleAction;
import io.temporal.api.schedule.v1.ScheduleActionResult;
import io.temporal.api.schedule.v1.ScheduleInfo;
import io.temporal.api.workflow.v1.NewWorkflowExecutionInfo;
import io.temporal.api.workflow.v1.WorkflowExecutionConfig;
import io.temporal.api.workflow.v1.WorkflowExecutionExtendedInfo;
import io.temporal.api.workflow.v1.WorkflowExecutionInfo;
import io.temporal.api.workflowservice.v1.DescribeActivityExecutionResponse;
import io.temporal.api.workflowservice.v1.DescribeNexusOperationExecutionResponse;
import io.temporal.api.workflowservice.v1.DescribeScheduleResponse;
import io.temporal.api.workflowservice.v1.DescribeWorkflowExecutionResponse;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LifecyclePlannerTest {

  private static final Instant NOW = Instant.parse("2026-11-26T00:00:00Z");
  private static final Duration HOUR = Duration.ofHours(1);
  private static final Duration NONE = Duration.ZERO;

  @AutoClose private final FakeTemporalServer server = new FakeTemporalServer();
  private final WorkflowServiceStubs service =
      WorkflowServiceStubs.newServiceStubs(
          WorkflowServiceStubsOptions.newBuilder().setTarget(server.address()).build());
  private final RulesDriver driver = new RulesDriver();
  private final ExternalStorage storage =
      ExternalStorage.newBuilder()
          .setDriver(driver)
          .setPayloadSizeThreshold(0)
          .setCacheMaxBytes(0)
          .build();

  @BeforeEach
  void setUp() {
    server.setRetention(Duration.ofDays(7));
  }

  @AfterEach
  void disconnect() {
    service.shutdownNow();
  }

  @Test
  void theLongestTimeoutAndTheRetentionPeriodDetermineTheRule() {
    addOpen("short", HOUR, NONE, run -> {});
    addOpen("long", Duration.ofDays(30), Duration.ofDays(2), run -> {});
    addOpen("single", NONE, Duration.ofDays(3), run -> {});
    addClosed("done", Duration.ofDays(10), NOW.minus(Duration.ofDays(8)));

    NamespacePlan plan = onlyNamespace();

    assertThat(plan.obstacles()).isEmpty();
    assertThat(plan.longest()).isEqualTo(Duration.ofDays(30));
    assertThat(plan.longestOf()).hasValueSatisfying(run -> assertThat(run.id()).isEqualTo("long"));
    assertThat(plan.open()).isEqualTo(Map.of(Kind.WORKFLOW, 3L));
    assertThat(plan.closed()).isEqualTo(Map.of(Kind.WORKFLOW, 1L));
    // 30 days + 7 days + 10 minutes, rounded up, and a day of margin.
    assertThat(days()).contains(39);
  }

  @Test
  void closedRunsTellTheTimeoutsOfThoseToCome() {
    addOpen("short", HOUR, NONE, run -> {});
    addClosed("done", Duration.ofDays(100), NOW.minus(HOUR));

    assertThat(onlyNamespace().longest()).isEqualTo(Duration.ofDays(100));
    assertThat(plan(planner().setClosedRuns(0)).namespaces().get(0).longest()).isEqualTo(HOUR);
  }

  @Test
  void aDelayedStartAndAResetExtendTheTimeout() {
    addOpen(
        "delayed",
        HOUR,
        NONE,
        run -> run.setExecutionTime(timestamp(start().plus(Duration.ofDays(2)))));
    server.addListedRun(
        info("reset").build(),
        List.of(),
        description(Duration.ofDays(1), NONE)
            .setWorkflowExtendedInfo(
                WorkflowExecutionExtendedInfo.newBuilder()
                    .setOriginalStartTime(timestamp(start().minus(Duration.ofDays(5)))))
            .build());

    assertThat(onlyNamespace().longest()).isEqualTo(Duration.ofDays(6));
  }

  @Test
  void aRunWithoutTimeoutHasNoSafeRule() {
    addOpen("endless-2", NONE, NONE, run -> {});
    addOpen("endless-1", NONE, NONE, run -> run.setStartTime(timestamp(start().minus(HOUR))));
    addOpen("short", HOUR, NONE, run -> {});

    NamespacePlan plan = onlyNamespace();

    assertThat(days()).isEmpty();
    assertThat(plan.obstacles())
        .singleElement()
        .satisfies(
            obstacle -> {
              assertThat(obstacle.reason()).isEqualTo(Reason.NO_TIMEOUT);
              assertThat(obstacle.type()).isEqualTo("Type");
              assertThat(obstacle.open()).isEqualTo(2);
              assertThat(obstacle.example().id()).isEqualTo("endless-1");
              assertThat(obstacle.startedAt()).contains(start().minus(HOUR));
            });
    assertThat(plan.oldestOpen())
        .extracting(run -> run.location().id())
        .startsWith("endless-1")
        .hasSize(3);
  }

  @Test
  void aRunTimeoutDoesNotLimitWhatTheServerPassesOn() {
    addStarted("retried", start -> start.setRetryPolicy(RetryPolicy.getDefaultInstance()));
    addStarted("cron", start -> start.setCronSchedule("@daily"));
    addStarted("memo", start -> start.setMemo(memo(stored("note"))));
    addStarted("result", start -> start.setLastCompletionResult(payloads(stored("result"))));
    addStarted("input", start -> start.setInput(payloads(stored("input"))));
    addStarted("inline", start -> start.setMemo(memo(StoredSamples.inline("note"))));

    assertThat(onlyNamespace().obstacles())
        .extracting(PlanObstacle::reason)
        .containsExactlyInAnyOrder(Reason.RETRIED, Reason.CRON, Reason.PASSED_ON);
    assertThat(onlyNamespace().longest()).isEqualTo(HOUR);
  }

  @Test
  void anExecutionTimeoutLimitsTheWholeChain() {
    server.addListedRun(
        info("chain").build(),
        List.of(
            started(
                WorkflowExecutionStartedEventAttributes.newBuilder()
                    .setCronSchedule("@daily")
                    .setMemo(memo(stored("note"))))),
        description(Duration.ofDays(3), HOUR).build());

    assertThat(onlyNamespace().obstacles()).isEmpty();
    assertThat(onlyNamespace().longest()).isEqualTo(Duration.ofDays(3));
    assertThat(server.calls()).doesNotContain("history chain");
  }

  @Test
  void schedulesKeepAndPassOnStoredPayloads() {
    server.addSchedule("stored", schedule(HOUR, payloads(stored("input"))).build());
    server.addSchedule("endless", schedule(NONE, payloads(StoredSamples.inline("1"))).build());
    server.addSchedule("fine", schedule(Duration.ofDays(4), Payloads.getDefaultInstance()).build());
    addStarted("scheduled", start -> start.setLastCompletionResult(payloads(stored("result"))));
    server.addSchedule(
        "passing",
        schedule(HOUR, Payloads.getDefaultInstance())
            .setInfo(
                ScheduleInfo.newBuilder()
                    .addRecentActions(
                        ScheduleActionResult.newBuilder()
                            .setStartWorkflowResult(
                                WorkflowExecution.newBuilder()
                                    .setWorkflowId("scheduled")
                                    .setRunId("scheduled-run"))))
            .build());

    assertThat(onlyNamespace().obstacles())
        .filteredOn(obstacle -> obstacle.example().kind() == Kind.SCHEDULE)
        .extracting(obstacle -> obstacle.example().id(), PlanObstacle::reason)
        .containsExactlyInAnyOrder(
            tuple("stored", Reason.SCHEDULE_ACTION),
            tuple("endless", Reason.NO_TIMEOUT),
            tuple("passing", Reason.SCHEDULE_RESULT));
    assertThat(onlyNamespace().longest()).isEqualTo(Duration.ofDays(4));
  }

  @Test
  void standaloneActivitiesAndOperationsCount() {
    server.addActivity("limited", activity(Duration.ofDays(9)));
    server.addNexusOperation(
        "endless",
        DescribeNexusOperationExecutionResponse.newBuilder()
            .setInfo(NexusOperationExecutionInfo.newBuilder().setService("S").setOperation("o"))
            .build());

    NamespacePlan plan = onlyNamespace();

    assertThat(plan.longest()).isEqualTo(Duration.ofDays(9));
    assertThat(plan.open()).isEqualTo(Map.of(Kind.ACTIVITY, 1L, Kind.NEXUS_OPERATION, 1L));
    assertThat(plan.obstacles())
        .singleElement()
        .returns("S/o", PlanObstacle::type)
        .returns(Reason.NO_SCHEDULE_TO_CLOSE_TIMEOUT, PlanObstacle::reason);
  }

  @Test
  void runsThatAreKeptLongerThanTheRetentionPeriodCount() {
    addOpen("open", HOUR, NONE, run -> {});
    addClosed("old", HOUR, NOW.minus(Duration.ofDays(30)));

    assertThat(onlyNamespace().retention()).isBetween(Duration.ofDays(30), Duration.ofDays(31));
  }

  @Test
  void withoutAnyRunNothingIsKnown() {
    assertThat(onlyNamespace().isUnknown()).isTrue();
    assertThat(days()).isEmpty();
  }

  @Test
  void whatVanishesMeanwhileDoesNotCount() {
    server.addVanishedRun("gone");
    addOpen("open", HOUR, NONE, run -> {});

    assertThat(onlyNamespace().open()).isEqualTo(Map.of(Kind.WORKFLOW, 1L));
  }

  @Test
  void settingsThatCantBeReadAreNoFailure() {
    addOpen("open", HOUR, NONE, run -> {});
    driver.settings =
        CompletableFuture.failedFuture(
            new StorageException(StorageException.Reason.ACCESS_DENIED, "needs a right"));

    BucketPlan plan = plan(planner()).buckets().get(0);

    assertThat(plan.days()).contains(9);
    assertThat(plan.settings()).isEmpty();
    assertThat(plan.settingsProblem()).isEqualTo("needs a right");
  }

  @Test
  void aStorageWithoutBucketsHasNoRule() {
    addOpen("open", HOUR, NONE, run -> {});

    LifecyclePlan plan =
        LifecyclePlanner.newBuilder(service, List.of(new StoredSamples().namespace))
            .setClock(() -> NOW)
            .build()
            .run();

    assertThat(plan.buckets()).isEmpty();
    assertThat(plan.withoutBucket()).containsExactly("orders");
  }

  @Test
  void anIncompletePlanIsNoResult() {
    addOpen("open", HOUR, NONE, run -> {});
    server.setFaults(
        call ->
            server.calls().get(call).startsWith("describe run")
                ? Status.PERMISSION_DENIED.withDescription("no reader")
                : Status.OK);

    assertThatExceptionOfType(LifecycleException.class)
        .isThrownBy(() -> plan(planner()))
        .withMessageContaining("Namespace 'orders' could not be read")
        .withMessageContaining("no reader");
  }

  @Test
  void theRetentionPeriodMustBeKnown() {
    server.setRetention(NONE);

    assertThatExceptionOfType(LifecycleException.class)
        .isThrownBy(() -> plan(planner()))
        .withMessageContaining("how long namespace 'orders' keeps closed runs");
  }

  private NamespacePlan onlyNamespace() {
    return plan(planner()).namespaces().get(0);
  }

  private Optional<Integer> days() {
    return plan(planner()).buckets().get(0).days();
  }

  private static LifecyclePlan plan(LifecyclePlanner.Builder planner) {
    return planner.build().run();
  }

  private LifecyclePlanner.Builder planner() {
    return LifecyclePlanner.newBuilder(
            service,
            List.of(NamespaceStorage.newBuilder(FakeTemporalServer.NAMESPACE, storage).build()))
        .setClock(() -> NOW)
        .setPause(duration -> {});
  }

  private Payload stored(String data) {
    return storage
        .store(StorageDriverStoreContext.empty(), List.of(StoredSamples.inline(data)))
        .join()
        .get(0);
  }

  private void addOpen(
      String id, Duration execution, Duration run, Consumer<WorkflowExecutionInfo.Builder> change) {
    WorkflowExecutionInfo.Builder info = info(id);
    change.accept(info);
    server.addListedRun(
        info.build(),
        List.of(started(WorkflowExecutionStartedEventAttributes.newBuilder())),
        description(execution, run).build());
  }

  private void addClosed(String id, Duration execution, Instant closed) {
    server.addListedRun(
        info(id).setCloseTime(timestamp(closed)).build(),
        List.of(),
        description(execution, NONE).build());
  }

  private void addStarted(
      String id, Consumer<WorkflowExecutionStartedEventAttributes.Builder> change) {
    WorkflowExecutionStartedEventAttributes.Builder attributes =
        WorkflowExecutionStartedEventAttributes.newBuilder();
    change.accept(attributes);
    server.addListedRun(
        info(id).build(), List.of(started(attributes)), description(NONE, HOUR).build());
  }

  private static HistoryEvent started(WorkflowExecutionStartedEventAttributes.Builder attributes) {
    return HistoryEvent.newBuilder()
        .setEventId(1)
        .setEventType(EventType.EVENT_TYPE_WORKFLOW_EXECUTION_STARTED)
        .setWorkflowExecutionStartedEventAttributes(attributes)
        .build();
  }

  private static WorkflowExecutionInfo.Builder info(String id) {
    return WorkflowExecutionInfo.newBuilder()
        .setExecution(WorkflowExecution.newBuilder().setWorkflowId(id).setRunId(id + "-run"))
        .setType(WorkflowType.newBuilder().setName("Type"))
        .setStartTime(timestamp(start()))
        .setExecutionTime(timestamp(start()));
  }

  private static DescribeWorkflowExecutionResponse.Builder description(
      Duration execution, Duration run) {
    return DescribeWorkflowExecutionResponse.newBuilder()
        .setExecutionConfig(
            WorkflowExecutionConfig.newBuilder()
                .setWorkflowExecutionTimeout(duration(execution))
                .setWorkflowRunTimeout(duration(run)));
  }

  private static DescribeScheduleResponse.Builder schedule(Duration execution, Payloads input) {
    return DescribeScheduleResponse.newBuilder()
        .setSchedule(
            Schedule.newBuilder()
                .setAction(
                    ScheduleAction.newBuilder()
                        .setStartWorkflow(
                            NewWorkflowExecutionInfo.newBuilder()
                                .setWorkflowType(WorkflowType.newBuilder().setName("Type"))
                                .setWorkflowExecutionTimeout(duration(execution))
                                .setInput(input))));
  }

  private static DescribeActivityExecutionResponse activity(Duration scheduleToClose) {
    return DescribeActivityExecutionResponse.newBuilder()
        .setInfo(
            ActivityExecutionInfo.newBuilder()
                .setActivityType(ActivityType.newBuilder().setName("Activity"))
                .setScheduleTime(timestamp(start()))
                .setScheduleToCloseTimeout(duration(scheduleToClose)))
        .build();
  }

  private static Instant start() {
    return NOW.minus(Duration.ofDays(1));
  }

  private static Memo memo(Payload payload) {
    return Memo.newBuilder().putFields("note", payload).build();
  }

  private static Payloads payloads(Payload payload) {
    return Payloads.newBuilder().addPayloads(payload).build();
  }

  private static Timestamp timestamp(Instant instant) {
    return Timestamp.newBuilder()
        .setSeconds(instant.getEpochSecond())
        .setNanos(instant.getNano())
        .build();
  }

  private static com.google.protobuf.Duration duration(Duration duration) {
    return com.google.protobuf.Duration.newBuilder().setSeconds(duration.toSeconds()).build();
  }
}
