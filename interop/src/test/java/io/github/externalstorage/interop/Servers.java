package io.github.externalstorage.interop;

import io.github.externalstorage.s3.S3StorageClientBuilder;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import java.net.URI;
import java.util.Objects;
import software.amazon.awssdk.services.s3.S3AsyncClient;

/**
 * The servers of this run, whose addresses {@code interop/run} sets in the environment, along with
 * region and credentials for the AWS SDK.
 */
final class Servers implements AutoCloseable {

  static final String NAMESPACE = "default";

  private final WorkflowServiceStubs temporal =
      WorkflowServiceStubs.newServiceStubs(
          WorkflowServiceStubsOptions.newBuilder()
              .setTarget(environment("TEMPORAL_ADDRESS"))
              .build());
  private final String namespace;
  private final String bucketName;
  private final S3AsyncClient s3;

  Servers() {
    this(URI.create(environment("S3_ENDPOINT")));
  }

  /** With another S3 server. */
  Servers(URI s3Endpoint) {
    this(
        s3Endpoint,
        System.getenv().getOrDefault("TEMPORAL_NAMESPACE", NAMESPACE),
        environment("S3_BUCKET"));
  }

  /** With another namespace and another bucket. */
  Servers(String namespace, String bucketName) {
    this(URI.create(environment("S3_ENDPOINT")), namespace, bucketName);
  }

  private Servers(URI s3Endpoint, String namespace, String bucketName) {
    this.namespace = namespace;
    this.bucketName = bucketName;
    s3 = S3StorageClientBuilder.newBuilder().setEndpoint(s3Endpoint).build();
  }

  String namespace() {
    return namespace;
  }

  WorkflowServiceStubs temporal() {
    return temporal;
  }

  Bucket bucket() {
    return new Bucket(s3, bucketName);
  }

  @Override
  public void close() {
    temporal.shutdownNow();
    s3.close();
  }

  static String environment(String name) {
    return Objects.requireNonNull(
        System.getenv(name), () -> name + " is not set: run these tests with interop/run");
  }
}
