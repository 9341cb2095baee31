package io.github.externalstorage.interop;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.protobuf.ByteString;
import com.google.protobuf.Duration;
import io.github.externalstorage.ExternalStorage;
import io.github.externalstorage.driver.StorageDriverStoreContext;
import io.github.externalstorage.interop.OperatorCommands.Outcome;
import io.github.externalstorage.interop.everypath.Waiting;
import io.github.externalstorage.s3.S3StorageDriver;
import io.temporal.api.common.v1.Payload;
import io.temporal.api.common.v1.Payloads;
import io.temporal.api.common.v1.WorkflowType;
import io.temporal.api.taskqueue.v1.TaskQueue;
import io.temporal.api.workflowservice.v1.ListWorkflowExecutionsRequest;
import io.temporal.api.workflowservice.v1.RegisterNamespaceRequest;
import io.temporal.api.workflowservice.v1.StartWorkflowExecutionRequest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.model.BucketLifecycleConfiguration;
import software.amazon.awssdk.services.s3.model.ExpirationStatus;
import software.amazon.awssdk.services.s3.model.LifecycleRule;

/** What the operator's commands know about the life of objects, in a namespace of their own. */
@InteropTest
final class LifecycleCommandsTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final long DAY = 24 * 60 * 60;

  @TempDir private Path folder;
  @AutoClose private final Servers servers = new Servers();

  private final String name = Names.unique("lifecycle").toLowerCase(Locale.ROOT);
  private final S3AsyncClient s3 = servers.bucket().s3();

  @BeforeEach
  void create() {
    var unused = s3.createBucket(request -> request.bucket(name)).join();
    var unusedToo =
        servers
            .temporal()
            .blockingStub()
            .registerNamespace(
                RegisterNamespaceRequest.newBuilder()
                    .setNamespace(name)
                    .setWorkflowExecutionRetentionPeriod(Duration.newBuilder().setSeconds(DAY))
                    .build());
  }

  @Test
  void aPlannedRuleIsAcceptedAndSafe() throws Exception {
    start("limited", 30 * DAY, store("input"));

    Outcome rule = commands().run("plan", "--json");
    put(JSON.readTree(rule.output()));
    Outcome plan = commands().run("plan");
    Outcome check = commands().run("check");

    // 30 days, a day of retention and 10 minutes, rounded up, and a day of margin.
    assertThat(plan.output())
        .as(rule.errors() + plan.errors())
        .contains(
            "safe rule: delete objects under v0/ 33 days after they were written",
            "present rule 'temporal-external-storage': deletes objects under 'v0/' after 33 days:"
                + " safe");
    assertThat(List.of(rule.status(), plan.status(), check.status())).containsOnly(0);
  }

  @Test
  void anOpenRunWithoutTimeoutHasNoSafeRule() throws Exception {
    start("endless", 0, store("input"));
    put(JSON.readTree("{\"Rules\": [{\"ID\": \"short\", \"Expiration\": {\"Days\": 1}}]}"));

    Outcome plan = commands().run("plan");
    Outcome check = commands().run("check", "--json");

    assertThat(plan.status()).isEqualTo(1);
    assertThat(plan.output())
        .as(plan.errors())
        .contains(
            "no rule is safe: workflow 'Waiting' has no execution timeout and no run timeout",
            "present rule 'short': deletes objects under 'v0/' after 1 day: NOT SAFE");
    assertThat(check.status()).as(check.errors()).isEqualTo(1);
    JsonNode problem = JSON.readTree(check.output().lines().findFirst().orElseThrow());
    assertThat(problem.get("problem").asText()).isEqualTo("expiring");
    assertThat(problem.get("id").asText()).isEqualTo("endless");
    assertThat(problem.get("eventType").asText()).isEqualTo("WorkflowExecutionStarted");
    assertThat(problem.has("expiresAt")).isTrue();
  }

  @Test
  void usageTellsWhatIsReferredTo() throws Exception {
    start("open", DAY, store("referred to"));
    Payload unused = store("not referred to");
    Path page = folder.resolve("usage.html");

    Outcome usage = commands().run("usage", "--json", "--html=" + page);
    Outcome listing = commands().run("usage", "--no-references");

    assertThat(usage.status()).as(usage.errors()).isZero();
    JsonNode total = JSON.readTree(usage.output()).get("total");
    assertThat(total.at("/referenced/objects").asLong()).isEqualTo(1);
    assertThat(total.at("/recent/objects").asLong()).isEqualTo(1);
    assertThat(total.at("/objects").asLong()).isEqualTo(2);
    assertThat(page).content().contains("<i class=\"referenced\"", "2 objects");
    assertThat(listing.output()).as(listing.errors()).contains("All payloads: 2 objects");
  }

  private OperatorCommands commands() throws IOException {
    return OperatorCommands.of(folder, name, name);
  }

  private Payload store(String data) {
    try (ExternalStorage storage =
        ExternalStorage.newBuilder()
            .setDriver(S3StorageDriver.newBuilder().setClient(s3).setBucket(name).build())
            .setPayloadSizeThreshold(0)
            .build()) {
      Payload payload = Payload.newBuilder().setData(ByteString.copyFromUtf8(data)).build();
      return storage.store(StorageDriverStoreContext.empty(), List.of(payload)).join().get(0);
    }
  }

  /** Starts a workflow that no worker runs, and waits until visibility lists it. */
  private void start(String workflowId, long timeoutSeconds, Payload input) {
    var unused =
        servers
            .temporal()
            .blockingStub()
            .startWorkflowExecution(
                StartWorkflowExecutionRequest.newBuilder()
                    .setNamespace(name)
                    .setRequestId(workflowId)
                    .setWorkflowId(workflowId)
                    .setWorkflowType(WorkflowType.newBuilder().setName("Waiting"))
                    .setTaskQueue(TaskQueue.newBuilder().setName(name))
                    .setWorkflowExecutionTimeout(Duration.newBuilder().setSeconds(timeoutSeconds))
                    .setInput(Payloads.newBuilder().addPayloads(input))
                    .build());
    Waiting.until(
        workflowId + " is listed",
        () ->
            servers
                    .temporal()
                    .blockingStub()
                    .listWorkflowExecutions(
                        ListWorkflowExecutionsRequest.newBuilder().setNamespace(name).build())
                    .getExecutionsCount()
                > 0);
  }

  /** Sets the rules that are written in JSON, for objects under {@code v0/}. */
  private void put(JsonNode json) {
    List<LifecycleRule> rules = new ArrayList<>();
    for (JsonNode rule : json.get("Rules")) {
      rules.add(
          LifecycleRule.builder()
              .id(rule.get("ID").asText())
              .status(ExpirationStatus.ENABLED)
              .filter(filter -> filter.prefix("v0/"))
              .expiration(expiration -> expiration.days(rule.at("/Expiration/Days").asInt()))
              .build());
    }
    BucketLifecycleConfiguration configuration =
        BucketLifecycleConfiguration.builder().rules(rules).build();
    var unused =
        s3.putBucketLifecycleConfiguration(
                request -> request.bucket(name).lifecycleConfiguration(configuration))
            .join();
  }
}
