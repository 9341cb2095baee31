package io.github.externalstorage.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.protobuf.ByteString;
import com.google.protobuf.util.JsonFormat;
import io.github.externalstorage.ExternalStorage;
import io.github.externalstorage.GzipPayloadCodec;
import io.github.externalstorage.cli.codecserver.TestS3;
import io.github.externalstorage.driver.StorageDriverStoreContext;
import io.github.externalstorage.fixtures.temporal.FakeTemporalServer;
import io.github.externalstorage.s3.S3StorageClientBuilder;
import io.github.externalstorage.s3.S3StorageDriver;
import io.grpc.Status;
import io.temporal.api.common.v1.Payload;
import io.temporal.api.common.v1.Payloads;
import io.temporal.api.enums.v1.EventType;
import io.temporal.api.history.v1.History;
import io.temporal.api.history.v1.HistoryEvent;
import io.temporal.api.history.v1.WorkflowExecutionStartedEventAttributes;
import io.temporal.payload.codec.PayloadCodec;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.s3.S3AsyncClient;

/** The commands that read what Temporal and S3 hold, as the process runs them. */
final class OperatorCommandsTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final PayloadCodec GZIP = GzipPayloadCodec.newBuilder().build();
  private static final Payload ORDER =
      Payload.newBuilder()
          .putMetadata("encoding", ByteString.copyFromUtf8("json/plain"))
          .setData(ByteString.copyFromUtf8("{\"order\": 1}"))
          .build();

  @AutoClose private static final TestS3 s3 = new TestS3("payloads");

  @AutoClose
  private static final S3AsyncClient client =
      S3StorageClientBuilder.newBuilder().setEndpoint(URI.create(s3.endpoint())).build();

  @TempDir private Path folder;
  @AutoClose private final FakeTemporalServer temporal = new FakeTemporalServer();
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private String input = "";
  private Map<String, String> environment = Map.of();
  private Payload reference = ORDER;

  @BeforeEach
  void configure() throws IOException {
    Files.writeString(
        folder.resolve("config.yaml"),
        """
        temporal: {address: "%s"}
        server: {port: 0}
        encode: false
        storage: {region: us-east-1, endpoint: "%s", codecs: gzip}
        namespaces:
          orders: {bucket: payloads}
        """
            .formatted(temporal.address(), s3.endpoint()));
    ExternalStorage storage =
        ExternalStorage.newBuilder()
            .setDriver(S3StorageDriver.newBuilder().setClient(client).setBucket("payloads").build())
            .setPayloadSizeThreshold(0)
            .build();
    reference =
        storage.store(StorageDriverStoreContext.empty(), GZIP.encode(List.of(ORDER))).join().get(0);
    temporal.addRun("order-1", List.of(started(reference)));
  }

  @Test
  void checkFindsNothingWrong() {
    assertThat(run("check")).isZero();
    assertThat(output())
        .isEqualTo(
            "Checked 1 references in 1 workflow runs: 0 missing, 0 damaged, 0 unreadable, 0 expiring%n"
                .formatted());
    assertThat(errors()).isEmpty();
  }

  @Test
  void checkSaysWhatIsMissing() {
    deleteObjects();

    assertThat(run("check", "--content", "--query", "WorkflowId = 'order-1'")).isEqualTo(1);
    assertThat(output().lines().toList())
        .hasSize(2)
        .satisfies(
            lines ->
                assertThat(lines.get(0))
                    .startsWith(
                        "missing: orders workflow 'order-1' run order-1-run event 1"
                            + " WorkflowExecutionStarted input.payloads[0]: S3 retrieve failed"
                            + " [bucket=payloads, key=v0/d/sha256/")
                    .contains("the object does not exist"));
  }

  @Test
  void checkPrintsJsonLines() throws IOException {
    deleteObjects();

    assertThat(run("check", "--json", "--namespace", "orders")).isEqualTo(1);

    List<String> lines = output().lines().toList();
    assertThat(lines).hasSize(2);
    JsonNode problem = JSON.readTree(lines.get(0));
    assertThat(problem.get("problem").asText()).isEqualTo("missing");
    assertThat(problem.get("kind").asText()).isEqualTo("workflow");
    assertThat(problem.get("id").asText()).isEqualTo("order-1");
    assertThat(problem.get("eventId").asLong()).isEqualTo(1);
    assertThat(problem.get("path").asText()).isEqualTo("input.payloads[0]");
    assertThat(problem.get("claim").get("bucket").asText()).isEqualTo("payloads");
    assertThat(JSON.readTree(lines.get(1)))
        .isEqualTo(
            JSON.readTree(
                """
                {"type": "result", "references": 1,
                 "checked": {"workflow": 1, "schedule": 0, "activity": 0, "nexusOperation": 0},
                 "problems": {"missing": 1, "damaged": 0, "unreadable": 0, "expiring": 0},
                 "vanished": 0, "unsupported": []}
                """));
  }

  @Test
  void anIncompleteCheckIsNoResult() {
    temporal.setFaults(
        call ->
            temporal.calls().get(call).startsWith("history")
                ? Status.PERMISSION_DENIED.withDescription("no reader")
                : Status.OK);

    assertThat(run("check")).isEqualTo(2);
    assertThat(output()).isEmpty();
    assertThat(errors())
        .isEqualTo(
            "Namespace 'orders' could not be read from the Temporal server: PERMISSION_DENIED: no reader%n"
                .formatted());
  }

  @Test
  void theEnvironmentOverridesTheFile() throws IOException {
    try (FakeTemporalServer other = new FakeTemporalServer()) {
      environment = Map.of("TEMPORAL_ADDRESS", other.address());

      assertThat(run("check")).isZero();
      assertThat(output()).startsWith("Checked 0 references in 0 workflow runs");
    }
  }

  @Test
  void resolveMakesAHistorySelfContained() throws IOException {
    History history = History.newBuilder().addEvents(started(reference)).build();
    input = JsonFormat.printer().print(history);

    assertThat(run("resolve")).isZero();
    assertThat(history(output()))
        .isEqualTo(
            History.newBuilder().addEvents(started(GZIP.encode(List.of(ORDER)).get(0))).build());
    assertThat(errors()).isEqualTo("Replaced 1 references%n".formatted());

    assertThat(run("resolve", "--decode", "-n", "orders")).isZero();
    assertThat(history(output())).isEqualTo(History.newBuilder().addEvents(started(ORDER)).build());
  }

  @Test
  void resolveNeedsAHistory() {
    input = "{}";

    assertThat(run("resolve")).isEqualTo(2);
    assertThat(errors()).contains("The input is not a history");
  }

  @Test
  void getPrintsAPayload() {
    assertThat(run("get", "-w", "order-1", "--event", "1")).isZero();
    assertThat(output()).isEqualTo("{\"order\": 1}");
    assertThat(errors()).contains("json/plain, 12 bytes");
  }

  @Test
  void getWritesAFile() {
    Path file = folder.resolve("payload.json");

    assertThat(
            run("get", "-w", "order-1", "-r", "order-1-run", "--event", "1", "-o", file.toString()))
        .isZero();
    assertThat(output()).isEmpty();
    assertThat(file).hasContent("{\"order\": 1}");
  }

  @Test
  void getSaysWhatIsWrong() {
    assertThat(run("get", "-w", "order-1", "--event", "7")).isEqualTo(2);
    assertThat(errors()).contains("has no event 7");
    assertThat(run("get", "-w", "order-1")).isEqualTo(2);
    assertThat(run("get", "-w", "order-1", "--event", "1", "-n", "ordres")).isEqualTo(2);
    assertThat(errors())
        .contains("The namespace 'ordres' is not in the configuration; there is [orders]");
  }

  @Test
  void gcSaysWhatIsWrongWithItsOptions() {
    String state = folder.resolve("gc.db").toString();

    assertThat(run("gc")).isEqualTo(2);
    assertThat(run("gc", "--state", state, "--dry-run", "--delete")).isEqualTo(2);
    assertThat(errors()).contains("--dry-run and --delete exclude each other");
    assertThat(run("gc", "--state", state, "--grace", "23h")).isEqualTo(2);
    assertThat(errors()).contains("grace must be at least 1 day");
    assertThat(run("gc", "--state", state, "--grace", "soon")).isEqualTo(2);
    assertThat(errors()).contains("'--grace'", "must be a time such as 30s, from 1ms to 10000d");
    assertThat(run("gc", "--state", state, "--cache-max-age", "4d")).isEqualTo(2);
    assertThat(errors()).contains("grace must be at least twice cacheMaxAge");
    assertThat(run("gc", "--state", state, "-n", "ordres")).isEqualTo(2);
    assertThat(errors()).contains("The namespace 'ordres' is not in the configuration");
  }

  @Test
  void saysWhatIsWrongWithTheFile() throws IOException {
    Files.writeString(
        folder.resolve("config.yaml"),
        """
        temporal: {adress: "localhost:7233", tls: {key: a.pem}}
        namespaces:
          orders: {bucket: payloads, region: us-east-1}
          billing: {bucket: payloads, region: us-east-1}
        """);

    assertThat(run("check")).isEqualTo(2);
    assertThat(errors().lines())
        .containsExactlyInAnyOrder(
            folder.resolve("config.yaml")
                + ":1: temporal.adress is not a setting; did you mean 'address'?",
            folder.resolve("config.yaml")
                + ":1: temporal.tls.certificate is missing: a client certificate needs both");
  }

  @Test
  void oneOfSeveralNamespacesIsToBeChosen() throws IOException {
    Files.writeString(
        folder.resolve("config.yaml"),
        """
        namespaces:
          orders: {bucket: payloads, region: us-east-1}
          billing: {bucket: payloads, region: us-east-1}
        """);

    assertThat(run("resolve")).isEqualTo(2);
    assertThat(errors())
        .isEqualTo("The configuration has 2 namespaces: choose one with --namespace%n".formatted());
  }

  private int run(String... arguments) {
    out.reset();
    err.reset();
    PrintStream stdout = new PrintStream(out, true, UTF_8);
    PrintStream stderr = new PrintStream(err, true, UTF_8);
    String[] all = new String[arguments.length + 2];
    System.arraycopy(arguments, 0, all, 0, arguments.length);
    all[arguments.length] = "--config";
    all[arguments.length + 1] = folder.resolve("config.yaml").toString();
    return Main.commandLine(
            environment, new ByteArrayInputStream(input.getBytes(UTF_8)), stdout, stderr)
        .setErr(new PrintWriter(stderr, true, UTF_8))
        .execute(all);
  }

  private String output() {
    return out.toString(UTF_8);
  }

  private String errors() {
    return err.toString(UTF_8);
  }

  private static void deleteObjects() {
    client
        .listObjectsV2(request -> request.bucket("payloads"))
        .join()
        .contents()
        .forEach(
            object ->
                client
                    .deleteObject(request -> request.bucket("payloads").key(object.key()))
                    .join());
  }

  private static History history(String json) throws IOException {
    History.Builder history = History.newBuilder();
    JsonFormat.parser().merge(json, history);
    return history.build();
  }

  private static HistoryEvent started(Payload input) {
    return HistoryEvent.newBuilder()
        .setEventId(1)
        .setEventType(EventType.EVENT_TYPE_WORKFLOW_EXECUTION_STARTED)
        .setWorkflowExecutionStartedEventAttributes(
            WorkflowExecutionStartedEventAttributes.newBuilder()
                .setInput(Payloads.newBuilder().addPayloads(input)))
        .build();
  }
}
