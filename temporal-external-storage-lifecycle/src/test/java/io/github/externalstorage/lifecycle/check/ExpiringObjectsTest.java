package io.github.externalstorage.lifecycle.check;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Timestamp;
import io.github.externalstorage.ExternalStorage;
import io.github.externalstorage.driver.BucketSettings;
import io.github.externalstorage.driver.BucketVersioning;
import io.github.externalstorage.driver.ExpirationRule;
import io.github.externalstorage.driver.ExpirationRule.Effect;
import io.github.externalstorage.driver.StorageBucket;
import io.github.externalstorage.driver.StorageDriverStoreContext;
import io.github.externalstorage.driver.StorageException;
import io.github.externalstorage.fixtures.temporal.FakeTemporalServer;
import io.github.externalstorage.lifecycle.NamespaceStorage;
import io.github.externalstorage.lifecycle.PayloadLocation.Kind;
import io.github.externalstorage.lifecycle.testing.RulesDriver;
import io.github.externalstorage.lifecycle.testing.StoredSamples;
import io.temporal.api.activity.v1.ActivityExecutionInfo;
import io.temporal.api.common.v1.Payload;
import io.temporal.api.common.v1.Payloads;
import io.temporal.api.common.v1.RetryPolicy;
import io.temporal.api.enums.v1.EventType;
import io.temporal.api.history.v1.HistoryEvent;
import io.temporal.api.history.v1.WorkflowExecutionStartedEventAttributes;
import io.temporal.api.schedule.v1.Schedule;
import io.temporal.api.schedule.v1.ScheduleAction;
import io.temporal.api.workflow.v1.NewWorkflowExecutionInfo;
import io.temporal.api.workflow.v1.WorkflowExecutionExtendedInfo;
import io.temporal.api.workflowservice.v1.DescribeActivityExecutionResponse;
import io.temporal.api.workflowservice.v1.DescribeScheduleResponse;
import io.temporal.api.workflowservice.v1.DescribeWorkflowExecutionResponse;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** References of what is open whose objects a lifecycle rule deletes too early. */
class ExpiringObjectsTest {

  private static final Instant STORED = Instant.parse("2026-11-01T00:00:00Z");
  private static final Instant DELETED = Instant.parse("2026-12-01T00:00:00Z");

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
  private final List<ReferenceProblem> problems = new ArrayList<>();
  private final List<String> unknownRules = new ArrayList<>();
  private Payload reference = Payload.getDefaultInstance();

  @BeforeEach
  void setUp() {
    driver.storedAt = STORED;
    setRules(rule("v0/", Duration.ofDays(30)));
    server.setRetention(Duration.ofDays(7));
    reference =
        storage
            .store(StorageDriverStoreContext.empty(), List.of(StoredSamples.inline("order")))
            .join()
            .get(0);
  }

  @AfterEach
  void disconnect() {
    service.shutdownNow();
  }

  @Test
  void aRunWithoutTimeoutLosesItsPayloads() {
    addRun(started(), DescribeWorkflowExecutionResponse.getDefaultInstance());

    StorageCheckResult result = check(false);

    assertThat(result.isFine()).isFalse();
    assertThat(problems)
        .singleElement()
        .satisfies(
            problem -> {
              assertThat(problem.kind()).isEqualTo(ReferenceProblem.Kind.EXPIRING);
              assertThat(problem.location().toString())
                  .isEqualTo(
                      "orders workflow 'order-1' run order-1-run event 1"
                          + " WorkflowExecutionStarted input.payloads[0]");
              assertThat(problem.expiresAt()).contains(DELETED);
              assertThat(problem.message())
                  .isEqualTo(
                      "The lifecycle rule 'old' of the bucket s3://payloads deletes the object"
                          + " from 2026-12-01T00:00:00Z on; there is no timeout, so it is lost if"
                          + " it is still needed then");
            });
  }

  /** The object can be deleted on the day on which the run is deleted, but not before. */
  @ParameterizedTest
  @CsvSource({"2026-11-24T00:00:00Z, false", "2026-11-24T00:00:01Z, true"})
  void aTimeoutLimitsWhatARunNeeds(Instant timeout, boolean expires) {
    addRun(started(), expiring(timeout));

    check(false);

    assertThat(problems).hasSize(expires ? 1 : 0);
    assertThat(problems)
        .allSatisfy(problem -> assertThat(problem.message()).contains("until " + timeout));
  }

  @Test
  void aRunTimeoutDoesNotLimitARunThatIsRetried() {
    addRun(
        started().setRetryPolicy(RetryPolicy.getDefaultInstance()),
        DescribeWorkflowExecutionResponse.newBuilder()
            .setWorkflowExtendedInfo(
                WorkflowExecutionExtendedInfo.newBuilder()
                    .setRunExpirationTime(timestamp(STORED.plusSeconds(1))))
            .build());

    check(false);

    assertThat(problems).hasSize(1);
  }

  @Test
  void closedRunsDontCount() {
    server.addRun("order-1", List.of(event(started())));

    assertThat(check(false).isFine()).isTrue();
    assertThat(driver.settingsRead).hasValue(0);
  }

  @Test
  void rulesOfOtherKeysDontCount() {
    setRules(rule("v0/ns/billing/", Duration.ZERO));
    addRun(started(), DescribeWorkflowExecutionResponse.getDefaultInstance());

    assertThat(check(false).isFine()).isTrue();
  }

  @Test
  void theFirstRuleToApplyIsNamed() {
    setRules(
        rule("", Duration.ofDays(60)),
        new ExpirationRule("cold", "", Effect.ARCHIVE, Duration.ofDays(10), null, true));
    addRun(started(), DescribeWorkflowExecutionResponse.getDefaultInstance());

    check(false);

    assertThat(problems)
        .singleElement()
        .satisfies(
            problem ->
                assertThat(problem.message())
                    .contains("'cold'", "archives", "if it meets the rule's conditions"));
  }

  @Test
  void schedulesAndStandaloneActivitiesCount() {
    Payloads input = Payloads.newBuilder().addPayloads(reference).build();
    server.addSchedule(
        "daily",
        DescribeScheduleResponse.newBuilder()
            .setSchedule(
                Schedule.newBuilder()
                    .setAction(
                        ScheduleAction.newBuilder()
                            .setStartWorkflow(
                                NewWorkflowExecutionInfo.newBuilder().setInput(input))))
            .build());
    server.addActivity(
        "limited",
        DescribeActivityExecutionResponse.newBuilder()
            .setInput(input)
            .setInfo(
                ActivityExecutionInfo.newBuilder()
                    .setExpirationTime(timestamp(STORED.plusSeconds(1))))
            .build());

    check(false);

    assertThat(problems)
        .singleElement()
        .satisfies(problem -> assertThat(problem.location().kind()).isEqualTo(Kind.SCHEDULE));
  }

  @Test
  void anObjectIsDescribedAndABucketReadOnce() {
    addRun(started(), DescribeWorkflowExecutionResponse.getDefaultInstance());
    server.addOpenRun(
        "order-2",
        List.of(event(started())),
        DescribeWorkflowExecutionResponse.getDefaultInstance());

    check(false);

    assertThat(problems).hasSize(2);
    assertThat(driver.described).hasValue(1);
    assertThat(driver.settingsRead).hasValue(1);
  }

  @Test
  void anObjectThatIsReadIsNotDescribedToo() {
    addRun(started(), DescribeWorkflowExecutionResponse.getDefaultInstance());

    check(true);

    assertThat(problems)
        .extracting(ReferenceProblem::expiresAt)
        .containsExactly(Optional.of(DELETED));
    assertThat(driver.described).hasValue(0);
  }

  @Test
  void rulesThatCantBeReadAreNoFailure() {
    driver.settings =
        CompletableFuture.failedFuture(
            new StorageException(StorageException.Reason.ACCESS_DENIED, "needs a right"));
    addRun(started(), DescribeWorkflowExecutionResponse.getDefaultInstance());

    assertThat(check(false).isFine()).isTrue();
    assertThat(unknownRules).containsExactly("s3://payloads: needs a right");
  }

  @Test
  void whatIsMissingDoesNotExpire() {
    driver.objects.getObjects().clear();
    addRun(started(), DescribeWorkflowExecutionResponse.getDefaultInstance());

    check(false);

    assertThat(problems)
        .extracting(ReferenceProblem::kind)
        .containsExactly(ReferenceProblem.Kind.MISSING);
  }

  private StorageCheckResult check(boolean content) {
    return StorageCheck.newBuilder(
            service,
            List.of(NamespaceStorage.newBuilder(FakeTemporalServer.NAMESPACE, storage).build()))
        .setContent(content)
        .setConcurrency(1)
        .setListener(
            new StorageCheckListener() {
              @Override
              public void onProblem(ReferenceProblem problem) {
                problems.add(problem);
              }

              @Override
              public void onUnknownRules(StorageBucket bucket, String message) {
                unknownRules.add(bucket + ": " + message);
              }
            })
        .build()
        .run();
  }

  private void setRules(ExpirationRule... rules) {
    driver.settings =
        CompletableFuture.completedFuture(
            new BucketSettings(BucketVersioning.OFF, List.of(rules), false));
  }

  private static ExpirationRule rule(String prefix, Duration age) {
    return new ExpirationRule("old", prefix, Effect.DELETE, age, null, false);
  }

  private void addRun(
      WorkflowExecutionStartedEventAttributes.Builder started,
      DescribeWorkflowExecutionResponse description) {
    server.addOpenRun("order-1", List.of(event(started)), description);
  }

  private WorkflowExecutionStartedEventAttributes.Builder started() {
    return WorkflowExecutionStartedEventAttributes.newBuilder()
        .setInput(Payloads.newBuilder().addPayloads(reference));
  }

  private static HistoryEvent event(WorkflowExecutionStartedEventAttributes.Builder started) {
    return HistoryEvent.newBuilder()
        .setEventId(1)
        .setEventType(EventType.EVENT_TYPE_WORKFLOW_EXECUTION_STARTED)
        .setWorkflowExecutionStartedEventAttributes(started)
        .build();
  }

  private static DescribeWorkflowExecutionResponse expiring(Instant time) {
    return DescribeWorkflowExecutionResponse.newBuilder()
        .setWorkflowExtendedInfo(
            WorkflowExecutionExtendedInfo.newBuilder().setExecutionExpirationTime(timestamp(time)))
        .build();
  }

  private static Timestamp timestamp(Instant instant) {
    return Timestamp.newBuilder().setSeconds(instant.getEpochSecond()).build();
  }
}
