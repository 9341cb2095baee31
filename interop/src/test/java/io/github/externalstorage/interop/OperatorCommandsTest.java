package io.github.externalstorage.interop;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.common.base.CaseFormat;
import io.github.externalstorage.interop.OperatorCommands.Outcome;
import io.temporal.common.WorkflowExecutionHistory;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The operator's commands with what each SDK wrote to real servers. */
@InteropTest
final class OperatorCommandsTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private Path folder;

  @ParameterizedTest(name = "what {0} wrote")
  @EnumSource
  void getPrintsAStoredPayload(Sdk worker, Stage stage, ProcessedBatches batches) throws Exception {
    ProcessedBatch batch = batches.by(worker);
    RecordedPayload stored = batch.orders().get(0);

    Outcome outcome =
        commands(stage)
            .run(
                "get",
                "--workflow-id=" + batch.execution().getWorkflowId(),
                "--event=" + stored.eventId());

    assertThat(outcome.status()).as(outcome.errors()).isZero();
    assertThat(outcome.output()).isEqualTo(stored.decoded().getData().toStringUtf8());
  }

  @ParameterizedTest(name = "what {0} wrote")
  @EnumSource
  void resolveMakesADownloadedHistorySelfContained(
      Sdk worker, Stage stage, ProcessedBatches batches) throws Exception {
    ProcessedBatch batch = batches.by(worker);
    String downloaded =
        stage
            .temporal(
                "workflow",
                "show",
                "--namespace=" + Servers.NAMESPACE,
                "--workflow-id=" + batch.execution().getWorkflowId(),
                "--output=json")
            .outcome();

    Outcome outcome = commands(stage).runWithInput(downloaded, "resolve", "--decode");

    assertThat(outcome.status()).as(outcome.errors()).isZero();
    assertThat(
            WorkflowExecutionHistory.fromJson(outcome.output()).getEvents().stream()
                .flatMap(RecordedPayload::payloads)
                .toList())
        .isEqualTo(batch.all(RecordedPayload::decoded));
  }

  @Test
  void checkFindsADeletedObject(Stage stage) throws Exception {
    ProcessedBatch batch = ProcessedBatch.by(Sdk.PYTHON, stage);
    String workflowId = batch.execution().getWorkflowId();
    String[] check = {"check", "--query=WorkflowId = '" + workflowId + "'"};

    Outcome intact = commands(stage).run(check);
    stage
        .bucket()
        .keys("v0/ns/" + Servers.NAMESPACE + "/wt/ProcessOrderBatchWorkflow/wi/" + workflowId)
        .forEach(
            key ->
                stage
                    .bucket()
                    .s3()
                    .deleteObject(request -> request.bucket(stage.bucket().name()).key(key))
                    .join());
    Outcome deleted = commands(stage).run(check);

    assertThat(intact.output())
        .as(intact.errors())
        .contains("2 references in 1 workflow runs: 0 missing, 0 damaged, 0 unreadable");
    assertThat(intact.status()).isZero();
    assertThat(deleted.output())
        .as(deleted.errors())
        .contains("'" + workflowId + "'", "ActivityTaskCompleted result.payloads[0]")
        .contains("ActivityTaskScheduled input.payloads[0]")
        .contains("2 references in 1 workflow runs: 2 missing, 0 damaged, 0 unreadable");
    assertThat(deleted.status()).isEqualTo(1);
  }

  /** With a bucket that no reference names, every reference is a problem. */
  @ParameterizedTest(name = "what {0} wrote")
  @EnumSource(names = {"PYTHON", "JAVA_NATIVE"})
  void checkFindsTheReferencesOfEveryPath(Sdk sdk, Stage stage) throws Exception {
    String name = Names.unique("every-path");
    sdk.work(stage, name);
    sdk.start(stage, name, name);
    Set<String> expected =
        SentPath.readAll(stage, name).values().stream()
            .flatMap(sent -> sent.history().keySet().stream())
            .collect(toSet());

    List<JsonNode> problems =
        problems(commands(stage).run("check", "--json")).filter(of(name)).toList();
    List<JsonNode> all =
        problems(OperatorCommands.of(folder, "another-bucket").run("check", "--json"))
            .filter(of(name))
            .toList();

    assertThat(problems).isEmpty();
    assertThat(all).extracting(node -> node.get("problem").asText()).containsOnly("unreadable");
    assertThat(all.stream().filter(node -> node.has("eventId")).map(OperatorCommandsTest::place))
        .containsAll(expected);
    assertThat(all.stream().map(node -> node.get("id").asText()))
        .contains(
            "every-path-" + name + "-activity",
            "every-path-" + name + "-failing-activity",
            "every-path-" + name + "-heartbeat-activity");
  }

  private OperatorCommands commands(Stage stage) throws IOException {
    return OperatorCommands.of(folder, stage.bucket().name());
  }

  private static Predicate<JsonNode> of(String name) {
    return node -> node.get("id").asText().startsWith("every-path-" + name);
  }

  private static Stream<JsonNode> problems(Outcome outcome) throws IOException {
    assertThat(outcome.status()).as(outcome.errors()).isLessThan(2);
    Stream.Builder<JsonNode> problems = Stream.builder();
    for (String line : outcome.output().lines().toList()) {
      JsonNode node = JSON.readTree(line);
      if (node.get("type").asText().equals("problem")) {
        problems.add(node);
      }
    }
    return problems.build();
  }

  /** A place as {@code every_path.py} names it: without indexes and keys, in snake case. */
  private static String place(JsonNode problem) {
    String event =
        CaseFormat.UPPER_CAMEL.to(CaseFormat.LOWER_UNDERSCORE, problem.get("eventType").asText());
    String path = problem.get("path").asText().replaceAll("\\[[^\\]]*]", "");
    return event + "." + CaseFormat.LOWER_CAMEL.to(CaseFormat.LOWER_UNDERSCORE, path);
  }
}
