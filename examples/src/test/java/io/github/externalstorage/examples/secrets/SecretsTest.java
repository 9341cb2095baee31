package io.github.externalstorage.examples.secrets;

import static java.util.concurrent.TimeUnit.MINUTES;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.base.Throwables;
import com.google.protobuf.ByteString;
import com.google.protobuf.util.JsonFormat;
import io.github.externalstorage.ExternalStorage;
import io.github.externalstorage.ExternalStoragePlugin;
import io.github.externalstorage.ExternalStorageRoute;
import io.github.externalstorage.GzipPayloadCodec;
import io.github.externalstorage.codec.http.CodecHandler;
import io.github.externalstorage.codec.http.CodecServer;
import io.github.externalstorage.codec.http.NamespaceCodec;
import io.github.externalstorage.codec.http.spi.CodecAuthenticationRequest;
import io.github.externalstorage.codec.http.spi.CodecAuthenticationResult;
import io.github.externalstorage.driver.StorageDriverRetrieveContext;
import io.github.externalstorage.driver.StorageDriverStoreContext;
import io.github.externalstorage.examples.secrets.FailingS3.Fault;
import io.github.externalstorage.options.StartupCheck;
import io.github.externalstorage.options.StorageRetryOptions;
import io.github.externalstorage.s3.S3StorageClientBuilder;
import io.github.externalstorage.s3.S3StorageDriver;
import io.temporal.api.common.v1.Payload;
import io.temporal.api.common.v1.Payloads;
import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.testing.TestEnvironmentOptions;
import io.temporal.testing.TestWorkflowEnvironment;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3AsyncClient;

/** Searches all output of runs that fail in every way. */
@Timeout(value = 3, unit = MINUTES)
final class SecretsTest {

  private static final GzipPayloadCodec GZIP = new GzipPayloadCodec();
  private static final String LARGE = Secrets.CONTENT.repeat(100);

  private final HttpClient http = HttpClient.newHttpClient();
  private final List<String> outputs = new ArrayList<>();

  @AutoClose private final FailingS3 s3 = new FailingS3();

  @AutoClose
  private final S3AsyncClient client =
      S3StorageClientBuilder.newBuilder()
          .setEndpoint(s3.endpoint())
          .setRegion(Region.US_EAST_1)
          .setCredentialsProvider(
              StaticCredentialsProvider.create(
                  AwsSessionCredentials.create(
                      "access-key", Secrets.SECRET_KEY, Secrets.SESSION_TOKEN)))
          .build();

  private final ExternalStorage storage =
      ExternalStorage.newBuilder()
          .setDriver(S3StorageDriver.newBuilder().setClient(client).setBucket("payloads").build())
          .setPayloadSizeThreshold(500)
          .setCacheMaxBytes(0)
          .setRetryOptions(StorageRetryOptions.none())
          .build();

  static Stream<ExternalStorageRoute> routes() {
    return ExternalStorageRoute.detect() == ExternalStorageRoute.NATIVE
        ? Stream.of(ExternalStorageRoute.values())
        : Stream.of(ExternalStorageRoute.CODEC);
  }

  @ParameterizedTest
  @MethodSource("routes")
  void ofAWorkerAndItsClient(ExternalStorageRoute route) throws InterruptedException {
    try (CapturedLog log = new CapturedLog()) {
      try (TestWorkflowEnvironment environment = environment(route)) {
        environment
            .newWorker("secrets")
            .registerWorkflowImplementationTypes(ParcelWorkflow.Impl.class);
        environment.start();
        for (Fault fault : EnumSet.complementOf(EnumSet.of(Fault.NONE))) {
          run(environment.getWorkflowClient(), fault);
        }
      }
      assertThat(log.text()).contains("StorageException");
      assertNoSecrets(log);
    }
  }

  @Test
  void ofAStorage() throws IOException {
    Payload large = payload(LARGE);
    Payload reference = store(large);
    Payload corrupt =
        store(GZIP.encode(List.of(large)).get(0).toBuilder().setData(large.getData()).build());
    try (CapturedLog log = new CapturedLog()) {
      for (Fault fault : Fault.values()) {
        s3.failReads(fault);
        failureOf(
            () ->
                GZIP.decode(
                    storage
                        .retrieve(StorageDriverRetrieveContext.empty(), List.of(corrupt))
                        .join()));
        if (fault != Fault.NONE) {
          failureOf(
              () ->
                  storage
                      .retrieve(StorageDriverRetrieveContext.empty(), List.of(reference))
                      .join());
        }
      }
      assertNoSecrets(log);
    }
  }

  @Test
  void ofACodecServer() throws Exception {
    Payload large = payload(LARGE);
    Payload corrupt =
        GZIP.encode(List.of(large)).get(0).toBuilder().setData(large.getData()).build();
    String reference = json(store(large));
    List<String> bodies =
        List.of(
            json(corrupt),
            json(store(corrupt)),
            reference,
            LARGE,
            "{\"payloads\":[" + LARGE + "]}");
    try (CapturedLog log = new CapturedLog();
        CodecServer server = CodecServer.newBuilder(handler()).setPort(0).start()) {
      for (Fault fault : Fault.values()) {
        s3.failReads(fault);
        s3.failWrites(fault);
        for (String body : bodies) {
          for (String path : List.of("/decode", "/download", "/encode", "/none")) {
            for (String token : List.of("good ", "stranger ", "defect ")) {
              post(server, path, token + Secrets.BEARER_TOKEN, body);
            }
          }
        }
      }
      assertThat(log.text()).contains("Authentication is not available now");
      assertNoSecrets(log);
    }
  }

  /** Fails first the client, which can't store, then the worker, which can't retrieve. */
  private void run(WorkflowClient workflows, Fault fault) throws InterruptedException {
    WorkflowStub workflow =
        workflows.newUntypedWorkflowStub(
            "ParcelWorkflow", WorkflowOptions.newBuilder().setTaskQueue("secrets").build());
    s3.failWrites(fault);
    if (fault != Fault.WRONG_BYTES) {
      failureOf(() -> workflow.start(LARGE));
    }
    s3.failWrites(Fault.NONE);
    s3.failReads(fault);
    WorkflowExecution run =
        workflows
            .newUntypedWorkflowStub(
                "ParcelWorkflow", WorkflowOptions.newBuilder().setTaskQueue("secrets").build())
            .start(LARGE);
    s3.awaitFailedRead();
    s3.failReads(Fault.NONE);
    assertThat(workflows.newUntypedWorkflowStub(run.getWorkflowId()).getResult(String.class))
        .isEqualTo("taken");
    outputs.add(workflows.fetchHistory(run.getWorkflowId()).toJson(true));
  }

  private TestWorkflowEnvironment environment(ExternalStorageRoute route) {
    return TestWorkflowEnvironment.newInstance(
        TestEnvironmentOptions.newBuilder()
            .setWorkflowClientOptions(
                WorkflowClientOptions.newBuilder()
                    .setPlugins(
                        ExternalStoragePlugin.newBuilder(storage)
                            .setRoute(route)
                            .setStartupCheck(StartupCheck.OFF)
                            .build())
                    .build())
            .build());
  }

  private CodecHandler handler() {
    return CodecHandler.newBuilder()
        .setNamespaces(
            Map.of(
                "default",
                NamespaceCodec.newBuilder(storage)
                    .setPreStorageCodec(GZIP)
                    .setKeysWithoutNamespaceReadable(true)
                    .build()))
        .setAuthenticator(SecretsTest::authenticate)
        .build();
  }

  private static CodecAuthenticationResult authenticate(CodecAuthenticationRequest request) {
    String header = request.getHeaders("authorization").get(0);
    if (header.contains("defect")) {
      throw new IllegalStateException(header);
    }
    return header.contains("good")
        ? new CodecAuthenticationResult.Authenticated("alice")
        : new CodecAuthenticationResult.Unauthenticated("Log in first");
  }

  private void post(CodecServer server, String path, String token, String body) throws Exception {
    var response =
        http.send(
            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.getPort() + path))
                .header("X-Namespace", "default")
                .header("Content-Type", "application/json")
                .header("Authorization", "Bearer " + token)
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build(),
            BodyHandlers.ofString());
    if (response.statusCode() != 200) {
      outputs.add(response.headers() + response.body());
    }
  }

  private Payload store(Payload payload) {
    return storage.store(StorageDriverStoreContext.empty(), List.of(payload)).join().get(0);
  }

  private void failureOf(Runnable call) {
    try {
      call.run();
    } catch (RuntimeException | Error e) {
      outputs.add(Throwables.getStackTraceAsString(e));
      return;
    }
    throw new AssertionError("A call succeeded that must fail");
  }

  private void assertNoSecrets(CapturedLog log) {
    assertThat(outputs).isNotEmpty().allSatisfy(it -> assertThat(it).doesNotContain(Secrets.all()));
    assertThat(log.text()).doesNotContain(Secrets.all());
  }

  private static Payload payload(String content) {
    return Payload.newBuilder()
        .putMetadata("encoding", ByteString.copyFromUtf8("json/plain"))
        .setData(ByteString.copyFromUtf8("\"" + content + "\""))
        .build();
  }

  private static String json(Payload payload) throws IOException {
    return JsonFormat.printer().print(Payloads.newBuilder().addPayloads(payload).build());
  }
}
