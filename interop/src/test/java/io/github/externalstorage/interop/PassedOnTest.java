package io.github.externalstorage.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.common.base.Throwables;
import com.google.common.hash.Hashing;
import com.google.protobuf.ByteString;
import io.github.externalstorage.interop.PassedOn.ParentWorkflow;
import io.github.externalstorage.interop.PassedOn.RawWorkflow;
import io.temporal.api.common.v1.Payload;
import io.temporal.client.WorkflowFailedException;
import io.temporal.client.WorkflowOptions;
import io.temporal.common.converter.RawValue;
import io.temporal.failure.ApplicationFailure;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Payloads that a worker reads and passes on unmodified arrive unchanged. Each side runs in its own
 * process and without a payload codec, which would copy the bytes. One server rejects wrong
 * content, the other one stores it.
 */
@InteropTest
final class PassedOnTest {

  private static @Nullable MotoS3 moto;

  private final String name = Names.unique("passed-on");

  @BeforeAll
  static void startServer() throws Exception {
    moto = new MotoS3();
  }

  @AfterAll
  static void stopServer() {
    if (moto != null) {
      moto.close();
    }
  }

  @ParameterizedTest
  @CsvSource({"SEAWEEDFS, NATIVE", "SEAWEEDFS, CODEC", "MOTO, NATIVE", "MOTO, CODEC"})
  void aChildsFailureIsItsParents(Server server, Route route) throws Exception {
    try (Program parents = route.work(server, name);
        Program children = route.work(server, name + "-children");
        Servers servers = new Servers(server.endpoint());
        Participant starter = new Participant(servers).withoutCodec()) {
      parents.await("READY");
      children.await("READY");
      ParentWorkflow workflow =
          starter.workflowClient().newWorkflowStub(ParentWorkflow.class, options());

      WorkflowFailedException failure =
          catchThrowableOfType(
              WorkflowFailedException.class, () -> workflow.run(name + "-children"));

      assertThat(Throwables.getRootCause(failure)).isInstanceOf(ApplicationFailure.class);
      ApplicationFailure cause = (ApplicationFailure) Throwables.getRootCause(failure);
      assertThat(cause.getDetails().get(String.class)).isEqualTo(PassedOn.DETAILS);
      assertStoredUnchanged(servers.bucket(), "PassedOnParent");
    }
  }

  @ParameterizedTest
  @CsvSource({"SEAWEEDFS, NATIVE", "SEAWEEDFS, CODEC", "MOTO, NATIVE", "MOTO, CODEC"})
  void aRawValueIsReturnedAsItCame(Server server, Route route) throws Exception {
    byte[] data = new byte[300_000];
    new SplittableRandom(1).nextBytes(data);
    Payload payload =
        Payload.newBuilder()
            .putMetadata("encoding", ByteString.copyFromUtf8("binary/plain"))
            .setData(ByteString.copyFrom(data))
            .build();
    try (Program worker = route.work(server, name);
        Servers servers = new Servers(server.endpoint());
        Participant starter = new Participant(servers).withoutCodec()) {
      worker.await("READY");
      RawWorkflow workflow = starter.workflowClient().newWorkflowStub(RawWorkflow.class, options());

      assertThat(workflow.run(new RawValue(payload)).getPayload()).isEqualTo(payload);
      assertStoredUnchanged(servers.bucket(), "PassedOnRaw");
    }
  }

  private WorkflowOptions options() {
    return WorkflowOptions.newBuilder().setTaskQueue(name).setWorkflowId(name).build();
  }

  /** The content of every object of the workflow matches the hash in its key. */
  private void assertStoredUnchanged(Bucket bucket, String workflowType) {
    List<String> keys =
        bucket.keys("v0/ns/%s/wt/%s/wi/%s/".formatted(Servers.NAMESPACE, workflowType, name));
    assertThat(keys).isNotEmpty();
    for (String key : keys) {
      String hash = Hashing.sha256().hashBytes(bucket.read(key)).toString();
      assertThat(key).endsWith("/d/sha256/" + hash);
    }
  }

  /** Where payloads are stored. */
  private enum Server {
    SEAWEEDFS,
    MOTO;

    URI endpoint() {
      return this == MOTO && moto != null
          ? moto.endpoint()
          : URI.create(Servers.environment("S3_ENDPOINT"));
    }
  }

  /** The way in which a worker stores payloads. */
  private enum Route {
    NATIVE,
    CODEC;

    Program work(Server server, String taskQueue) throws IOException {
      Map<String, String> environment = Map.of("S3_ENDPOINT", server.endpoint().toString());
      return this == NATIVE
          ? Program.java(environment, "passing-worker", taskQueue, "storing")
          : Program.javaSdk138(environment, "passing-worker", taskQueue, "storing");
    }
  }
}
