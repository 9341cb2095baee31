package io.github.externalstorage.examples;

import io.github.externalstorage.ExternalStorage;
import io.github.externalstorage.ExternalStoragePlugin;
import io.github.externalstorage.s3.S3StorageClientBuilder;
import io.github.externalstorage.s3.S3StorageDriver;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.serviceclient.WorkflowServiceStubs;
import software.amazon.awssdk.services.s3.S3AsyncClient;

/** The first lines of code in the README: the body of the method, as it stands. */
final class ReadmeSnippet {

  private ReadmeSnippet() {}

  static WorkflowClient client() {
    // Begin
    S3AsyncClient s3 = S3StorageClientBuilder.newBuilder().build();
    ExternalStorage storage =
        ExternalStorage.newBuilder()
            .setDriver(
                S3StorageDriver.newBuilder().setClient(s3).setBucket("temporal-payloads").build())
            .build();
    WorkflowClient client =
        WorkflowClient.newInstance(
            WorkflowServiceStubs.newLocalServiceStubs(),
            WorkflowClientOptions.newBuilder()
                .setPlugins(new ExternalStoragePlugin(storage))
                .build());
    // End
    return client;
  }
}
