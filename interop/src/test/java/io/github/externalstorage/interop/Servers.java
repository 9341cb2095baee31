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
  private final String bucketName = environment("S3_BUCKET");
  private final S3AsyncClient s3;

  Servers() {
    this(URI.create(environment("S3_ENDPOINT")));
  }

  /** With another S3 server. */
  Servers(URI s3Endpoint) {
    s3 = S3StorageClientBuilder.newBuilder().setEndpoint(s3Endpoint).build();
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
