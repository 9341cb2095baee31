package io.github.externalstorage.examples;

import io.grpc.StatusRuntimeException;
import io.temporal.api.workflowservice.v1.DescribeNamespaceRequest;
import io.temporal.client.WorkflowClient;
import io.temporal.envconfig.ClientConfigProfile;
import io.temporal.envconfig.LoadClientConfigProfileOptions;
import io.temporal.serviceclient.WorkflowServiceStubs;
import java.io.IOException;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/** A connection to a namespace of a Temporal server. */
final class TemporalConnection implements AutoCloseable {

  static final String VARIABLES =
      """
        TEMPORAL_ADDRESS       localhost:7233
        TEMPORAL_NAMESPACE     default
        TEMPORAL_API_KEY, TEMPORAL_TLS* and profiles as for other Temporal tools\
      """;

  private static final int TIMEOUT_SECONDS = 5;

  private final WorkflowServiceStubs service;
  private final String namespace;

  TemporalConnection(WorkflowServiceStubs service, String namespace) {
    this.service = service;
    this.namespace = namespace;
  }

  /**
   * Connects with the settings in the environment, which temporal-envconfig reads.
   *
   * @throws ExampleException if a setting is invalid, or the server or namespace can't be reached
   */
  static TemporalConnection connect(Map<String, String> environment) {
    TemporalConnection connection = configure(environment);
    try {
      connection.check();
      return connection;
    } catch (StatusRuntimeException e) {
      connection.close();
      throw new ExampleException(connection.explain(e), e);
    }
  }

  /** A client that compresses payloads and stores the large ones. */
  WorkflowClient client(PayloadStorage payloads) {
    return WorkflowClient.newInstance(service, payloads.clientOptions(namespace));
  }

  @Override
  public void close() {
    service.shutdownNow();
  }

  private static TemporalConnection configure(Map<String, String> environment) {
    try {
      ClientConfigProfile profile = profile(environment);
      return new TemporalConnection(
          WorkflowServiceStubs.newServiceStubs(profile.toWorkflowServiceStubsOptions()),
          Objects.requireNonNullElse(profile.getNamespace(), "default"));
    } catch (IOException | RuntimeException e) {
      Throwable reason = Objects.requireNonNullElse(e.getCause(), e);
      throw new ExampleException(
          "Invalid Temporal settings (%s): check the variables TEMPORAL_* and the profile in temporal.toml"
              .formatted(reason),
          e);
    }
  }

  private static ClientConfigProfile profile(Map<String, String> environment) throws IOException {
    LoadClientConfigProfileOptions.Builder options =
        LoadClientConfigProfileOptions.newBuilder().setEnvOverrides(environment);
    try {
      return ClientConfigProfile.load(options.build());
    } catch (NullPointerException e) {
      // So fails temporal-envconfig 1.38.0 if there is a temporal.toml without any profile.
      String name = environment.getOrDefault("TEMPORAL_PROFILE", "");
      if (!name.isEmpty()) {
        throw new IllegalArgumentException("temporal.toml has no profile '" + name + "'");
      }
      return ClientConfigProfile.load(options.setDisableFile(true).build());
    }
  }

  private void check() {
    var unused =
        service
            .blockingStub()
            .withDeadlineAfter(TIMEOUT_SECONDS, TimeUnit.SECONDS)
            .describeNamespace(
                DescribeNamespaceRequest.newBuilder().setNamespace(namespace).build());
  }

  private String explain(StatusRuntimeException failure) {
    String target = service.getOptions().getTarget();
    return switch (failure.getStatus().getCode()) {
      case UNAVAILABLE, DEADLINE_EXCEEDED ->
          "Could not reach a Temporal server at %s: start one with 'temporal server start-dev', or set TEMPORAL_ADDRESS (and TEMPORAL_TLS=true if it requires TLS)"
              .formatted(target);
      case NOT_FOUND ->
          "The Temporal server at %s has no namespace '%s': set TEMPORAL_NAMESPACE, or create it with 'temporal operator namespace create --namespace %s'"
              .formatted(target, namespace, namespace);
      case UNAUTHENTICATED, PERMISSION_DENIED ->
          "The Temporal server at %s denied access to namespace '%s': check TEMPORAL_NAMESPACE, TEMPORAL_API_KEY and the certificates in TEMPORAL_TLS_*"
              .formatted(target, namespace);
      default ->
          "The server at %s is not a Temporal server (%s): set TEMPORAL_ADDRESS"
              .formatted(target, failure.getStatus().getCode());
    };
  }
}
