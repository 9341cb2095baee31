package io.github.externalstorage.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.protobuf.Duration;
import com.google.protobuf.Timestamp;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.github.externalstorage.fixtures.temporal.FakeTemporalServer;
import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.api.common.v1.WorkflowType;
import io.temporal.api.workflow.v1.WorkflowExecutionConfig;
import io.temporal.api.workflow.v1.WorkflowExecutionInfo;
import io.temporal.api.workflowservice.v1.DescribeWorkflowExecutionResponse;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.s3.model.BucketLifecycleConfiguration;
import software.amazon.awssdk.services.s3.model.LifecycleRule;

/** The command {@code plan}, as the process runs it. */
final class PlanCommandTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int DAY = 24 * 60 * 60;

  @TempDir private Path folder;
  @AutoClose private final FakeTemporalServer temporal = new FakeTemporalServer();
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final HttpServer s3;
  private String rules =
      "<LifecycleConfiguration><Rule><ID>old</ID><Status>Enabled</Status><Filter/>"
          + "<Expiration><Days>7</Days></Expiration></Rule></LifecycleConfiguration>";
  private String versioning = "<VersioningConfiguration/>";
  private String google = "";

  PlanCommandTest() throws IOException {
    s3 = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
  }

  @BeforeEach
  void configure() throws IOException {
    s3.createContext("/", this::respond);
    s3.start();
    write("orders: {bucket: payloads}");
    temporal.setRetention(java.time.Duration.ofDays(7));
  }

  @AfterEach
  void stop() {
    s3.stop(0);
  }

  @Test
  void printsTheRuleWithItsReasons() {
    addRun("order-1", 30 * DAY);

    assertThat(run("plan")).isZero();
    assertThat(errors()).isEmpty();
    assertThat(output())
        .contains(
            "Namespace orders",
            "open since 2026-11-01T00:00:00Z: orders workflow 'order-1' run order-1-run, type Order",
            "longest timeout: 30 days, of orders workflow 'order-1' run order-1-run",
            "used by orders",
            "safe rule: delete objects under v0/ 39 days after they were written",
            "30 days, the longest timeout + 7 days, for which closed runs are kept + 10 min",
            "Only this library stores payloads in the bucket.",
            "present rule 'old': deletes objects under '' after 7 days: NOT SAFE",
            "setting lifecycle rules replaces all present ones");
  }

  @Test
  void saysWhyNoRuleIsSafe() {
    addRun("order-1", 0);

    assertThat(run("plan")).isEqualTo(1);
    assertThat(output())
        .contains(
            "no rule is safe: workflow 'Order' has no execution timeout and no run timeout",
            "1 open, such as orders workflow 'order-1' run order-1-run since 2026-11-01T00:00:00Z",
            "no lifecycle rule is safe for s3://payloads",
            "use the command gc");
  }

  @Test
  void theJsonIsWhatS3Takes() throws IOException {
    addRun("order-1", 30 * DAY);

    assertThat(run("plan", "--json", "--cache-max-age", "24h")).isZero();

    LifecycleRule rule = parse().rules().get(0);
    assertThat(parse().rules()).hasSize(1);
    assertThat(rule.expiration().days()).isEqualTo(39);
    assertThat(rule.filter().prefix()).isEqualTo("v0/");
    assertThat(rule.statusAsString()).isEqualTo("Enabled");
    assertThat(rule.noncurrentVersionExpiration()).isNull();
    assertThat(rule.abortIncompleteMultipartUpload().daysAfterInitiation()).isEqualTo(7);
    assertThat(errors()).contains("NOT SAFE", "Safe if: No run is reset.");
  }

  @Test
  void aVersionedBucketNeedsMore() throws IOException {
    addRun("order-1", 30 * DAY);
    versioning = "<VersioningConfiguration><Status>Suspended</Status></VersioningConfiguration>";

    assertThat(run("plan", "--json")).isZero();

    List<LifecycleRule> parsed = parse().rules();
    assertThat(parsed).hasSize(2);
    assertThat(parsed.get(0).noncurrentVersionExpiration().noncurrentDays()).isEqualTo(7);
    assertThat(parsed.get(1).expiration().expiredObjectDeleteMarker()).isTrue();
    assertThat(parsed.get(1).expiration().days()).isNull();
    assertThat(parsed).extracting(LifecycleRule::id).doesNotHaveDuplicates();
  }

  @Test
  void printsTerraform() {
    addRun("order-1", 30 * DAY);
    versioning = "<VersioningConfiguration><Status>Enabled</Status></VersioningConfiguration>";

    assertThat(run("plan", "--terraform")).isZero();
    assertThat(output())
        .isEqualToNormalizingNewlines(
            """
            resource "aws_s3_bucket_lifecycle_configuration" "payloads" {
              bucket = "payloads"

              rule {
                id     = "temporal-external-storage"
                status = "Enabled"
                filter {
                  prefix = "v0/"
                }
                expiration {
                  days = 39
                }
                noncurrent_version_expiration {
                  noncurrent_days = 7
                }
                abort_incomplete_multipart_upload {
                  days_after_initiation = 7
                }
              }

              rule {
                id     = "temporal-external-storage-delete-markers"
                status = "Enabled"
                filter {
                  prefix = "v0/"
                }
                expiration {
                  expired_object_delete_marker = true
                }
              }
            }
            """);
  }

  @Test
  void theJsonIsWhatGoogleCloudStorageTakes() throws IOException {
    useGoogleCloudStorage();

    assertThat(run("plan", "--json")).isZero();
    assertThat(JSON.readTree(output()))
        .isEqualTo(
            JSON.readTree(
                """
                {"rule": [
                  {"action": {"type": "Delete"},
                   "condition": {"matchesPrefix": ["v0/"], "age": 39, "isLive": true}},
                  {"action": {"type": "Delete"},
                   "condition": {"matchesPrefix": ["v0/"], "daysSinceNoncurrentTime": 7}},
                  {"action": {"type": "AbortIncompleteMultipartUpload"},
                   "condition": {"matchesPrefix": ["v0/"], "age": 7}}]}
                """));
    assertThat(errors()).contains("deletes objects under 'v0/' after 3 days: NOT SAFE");
  }

  @Test
  void printsTerraformForGoogleCloudStorage() throws IOException {
    useGoogleCloudStorage();

    assertThat(run("plan", "--terraform")).isZero();
    assertThat(output())
        .isEqualToNormalizingNewlines(
            """
            resource "google_storage_bucket" "payloads" {
              name = "payloads"
              # and the other settings of the bucket

              lifecycle_rule {
                action {
                  type = "Delete"
                }
                condition {
                  age            = 39
                  with_state     = "LIVE"
                  matches_prefix = ["v0/"]
                }
              }
              lifecycle_rule {
                action {
                  type = "Delete"
                }
                condition {
                  days_since_noncurrent_time = 7
                  matches_prefix = ["v0/"]
                }
              }
              lifecycle_rule {
                action {
                  type = "AbortIncompleteMultipartUpload"
                }
                condition {
                  age            = 7
                  matches_prefix = ["v0/"]
                }
              }
            }
            """);
  }

  private void useGoogleCloudStorage() throws IOException {
    write(
        "orders: {gcs: {bucket: payloads, endpoint: 'http://localhost:%s'}}"
            .formatted(s3.getAddress().getPort()));
    addRun("order-1", 30 * DAY);
    google =
        """
        {"name": "payloads", "versioning": {"enabled": true}, "lifecycle": {"rule": [
          {"action": {"type": "Delete"}, "condition": {"age": 3, "matchesPrefix": ["v0/"]}}]}}
        """;
  }

  @Test
  void printsNoRuleIfNoneIsSafe() {
    addRun("order-1", 0);

    assertThat(run("plan", "--json")).isEqualTo(1);
    assertThat(output()).isEmpty();
    assertThat(errors()).contains("no rule is safe: workflow 'Order'", "use the command gc");
  }

  @Test
  void aMissingPermissionIsNoFailure() {
    addRun("order-1", 30 * DAY);
    rules = "";

    assertThat(run("plan")).isZero();
    assertThat(output()).contains("39 days after", "s3:GetLifecycleConfiguration");
  }

  @Test
  void oneOfSeveralBucketsIsToBeChosenForJson() throws IOException {
    write("orders: {bucket: payloads, readOnlyBuckets: [archive]}");
    addRun("order-1", 30 * DAY);

    assertThat(run("plan", "--json")).isEqualTo(2);
    assertThat(errors()).contains("There are 2 buckets: choose one with --bucket");
    assertThat(run("plan", "--json", "--bucket", "archive")).isZero();
    assertThat(run("plan", "--bucket", "other")).isEqualTo(2);
    assertThat(errors()).contains("The bucket 'other' is not in the configuration");
  }

  @Test
  void saysWhatIsWrongWithAnOption() {
    assertThat(run("plan", "--cache-max-age", "soon")).isEqualTo(2);
    assertThat(errors()).contains("--cache-max-age");
    assertThat(run("plan", "--json", "--terraform")).isEqualTo(2);
    assertThat(run("plan", "--closed-runs", "-1")).isEqualTo(2);
    assertThat(errors()).contains("--closed-runs must be at least 0, not -1");
  }

  private BucketLifecycleConfiguration parse() throws IOException {
    JsonNode json = JSON.readTree(output());
    return (BucketLifecycleConfiguration)
        AwsModel.parse((SdkPojo) BucketLifecycleConfiguration.builder(), json);
  }

  private void write(String namespaces) throws IOException {
    Files.writeString(
        folder.resolve("config.yaml"),
        """
        temporal: {address: "%s"}
        storage: {region: us-east-1, endpoint: "http://localhost:%s"}
        namespaces:
          %s
        """
            .formatted(temporal.address(), s3.getAddress().getPort(), namespaces));
  }

  private void addRun(String id, int executionTimeout) {
    temporal.addListedRun(
        WorkflowExecutionInfo.newBuilder()
            .setExecution(WorkflowExecution.newBuilder().setWorkflowId(id).setRunId(id + "-run"))
            .setType(WorkflowType.newBuilder().setName("Order"))
            .setStartTime(Timestamp.newBuilder().setSeconds(1793491200))
            .build(),
        List.of(),
        DescribeWorkflowExecutionResponse.newBuilder()
            .setExecutionConfig(
                WorkflowExecutionConfig.newBuilder()
                    .setWorkflowExecutionTimeout(
                        Duration.newBuilder().setSeconds(executionTimeout)))
            .build());
  }

  private void respond(HttpExchange exchange) throws IOException {
    String query = exchange.getRequestURI().getQuery();
    String ofS3 = query.startsWith("lifecycle") ? rules : versioning;
    String body = query.startsWith("fields=") ? google : ofS3;
    int status = body.isEmpty() ? 403 : 200;
    byte[] bytes =
        (body.isEmpty() ? "<Error><Code>AccessDenied</Code></Error>" : body).getBytes(UTF_8);
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  private int run(String... arguments) {
    out.reset();
    err.reset();
    String[] all = new String[arguments.length + 2];
    System.arraycopy(arguments, 0, all, 0, arguments.length);
    all[arguments.length] = "--config";
    all[arguments.length + 1] = folder.resolve("config.yaml").toString();
    PrintStream stdout = new PrintStream(out, true, UTF_8);
    PrintStream stderr = new PrintStream(err, true, UTF_8);
    InputStream in = new ByteArrayInputStream(new byte[0]);
    return Main.commandLine(Map.of(), in, stdout, stderr)
        .setErr(new PrintWriter(stderr, true, UTF_8))
        .execute(all);
  }

  private String output() {
    return out.toString(UTF_8);
  }

  private String errors() {
    return err.toString(UTF_8);
  }
}
