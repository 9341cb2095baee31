package io.github.externalstorage.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grpc.Server;
import io.grpc.Status;
import io.grpc.Status.Code;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;
import io.temporal.api.workflowservice.v1.DescribeNamespaceRequest;
import io.temporal.api.workflowservice.v1.DescribeNamespaceResponse;
import io.temporal.api.workflowservice.v1.GetSystemInfoRequest;
import io.temporal.api.workflowservice.v1.GetSystemInfoResponse;
import io.temporal.api.workflowservice.v1.WorkflowServiceGrpc.WorkflowServiceImplBase;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class TemporalConnectionTest {

  private final Namespaces namespaces = new Namespaces();
  private final Map<String, String> environment = new HashMap<>();
  private final Server server =
      NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
          .addService(namespaces)
          .build();
  private String address = "";

  @BeforeEach
  void start() throws IOException {
    address = "127.0.0.1:" + server.start().getPort();
    environment.put("TEMPORAL_CONFIG_FILE", "no-such-file");
    environment.put("TEMPORAL_ADDRESS", address);
  }

  @AfterEach
  void stop() {
    server.shutdownNow();
  }

  @Test
  void describesTheNamespace() {
    TemporalConnection.connect(environment).close();
    assertThat(namespaces.asked).isEqualTo("default");
    environment.put("TEMPORAL_NAMESPACE", "orders");
    TemporalConnection.connect(environment).close();
    assertThat(namespaces.asked).isEqualTo("orders");
  }

  @Test
  void saysThatThereIsNoServer() {
    server.shutdownNow();
    assertFailure(
        "Could not reach a Temporal server at %s: start one with 'temporal server start-dev', or"
            + " set TEMPORAL_ADDRESS (and TEMPORAL_TLS=true if it requires TLS)",
        address);
  }

  @Test
  void saysThatThereIsNoNamespace() {
    namespaces.response = Code.NOT_FOUND;
    environment.put("TEMPORAL_NAMESPACE", "orders");
    assertFailure(
        "The Temporal server at %s has no namespace 'orders': set TEMPORAL_NAMESPACE, or create it"
            + " with 'temporal operator namespace create --namespace orders'",
        address);
  }

  @ParameterizedTest
  @CsvSource({"UNAUTHENTICATED", "PERMISSION_DENIED"})
  void saysThatAccessIsDenied(Code response) {
    namespaces.response = response;
    environment.put("TEMPORAL_NAMESPACE", "orders");
    assertFailure(
        "The Temporal server at %s denied access to namespace 'orders': check TEMPORAL_NAMESPACE,"
            + " TEMPORAL_API_KEY and the certificates in TEMPORAL_TLS_*",
        address);
  }

  @Test
  void saysThatItIsNotTemporal() {
    namespaces.response = Code.UNIMPLEMENTED;
    assertFailure(
        "The server at %s is not a Temporal server (UNIMPLEMENTED): set TEMPORAL_ADDRESS", address);
  }

  @Test
  void saysWhichSettingCannotBeUsed() {
    environment.put("TEMPORAL_TLS_CLIENT_CERT_PATH", "no-such-certificate");
    environment.put("TEMPORAL_TLS_CLIENT_KEY_PATH", "no-such-key");
    assertFailure(
        "Invalid Temporal settings (java.nio.file.NoSuchFileException:"
            + " no-such-certificate): check the variables TEMPORAL_* and the profile in"
            + " temporal.toml");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "# none yet", "[other]"})
  void aFileMayHaveNoProfiles(String toml, @TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("temporal.toml"), toml);
    environment.put("TEMPORAL_CONFIG_FILE", file.toString());
    TemporalConnection.connect(environment).close();
    assertThat(namespaces.asked).isEqualTo("default");
    environment.put("TEMPORAL_PROFILE", "staging");
    assertFailure(
        "Invalid Temporal settings (java.lang.IllegalArgumentException: temporal.toml has no"
            + " profile 'staging'): check the variables TEMPORAL_* and the profile in"
            + " temporal.toml");
  }

  private void assertFailure(String message, Object... arguments) {
    assertThatThrownBy(() -> TemporalConnection.connect(environment))
        .isInstanceOf(ExampleException.class)
        .hasMessage(message, arguments);
  }

  /** Responds as a test specifies. */
  private static final class Namespaces extends WorkflowServiceImplBase {

    private volatile Code response = Code.OK;
    private volatile String asked = "";

    @Override
    public void getSystemInfo(
        GetSystemInfoRequest request, StreamObserver<GetSystemInfoResponse> observer) {
      observer.onNext(GetSystemInfoResponse.getDefaultInstance());
      observer.onCompleted();
    }

    @Override
    public void describeNamespace(
        DescribeNamespaceRequest request, StreamObserver<DescribeNamespaceResponse> observer) {
      asked = request.getNamespace();
      if (response == Code.OK) {
        observer.onNext(DescribeNamespaceResponse.getDefaultInstance());
        observer.onCompleted();
      } else {
        observer.onError(Status.fromCode(response).asRuntimeException());
      }
    }
  }
}
