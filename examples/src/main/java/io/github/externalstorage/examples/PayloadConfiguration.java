package io.github.externalstorage.examples;

import io.github.externalstorage.ExternalStorage;
import io.github.externalstorage.ExternalStoragePlugin;
import io.github.externalstorage.GzipPayloadCodec;
import io.github.externalstorage.codec.http.NamespaceCodec;
import io.github.externalstorage.s3.S3StorageDriver;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.common.converter.CodecDataConverter;
import io.temporal.common.converter.DefaultDataConverter;
import io.temporal.payload.codec.PayloadCodec;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.s3.S3AsyncClient;

/**
 * How payloads are encoded and where they are stored. Worker, starter and codec server all take it
 * from here, because each must be able to read what another wrote.
 */
final class PayloadConfiguration implements AutoCloseable {

  private static final PayloadCodec CODEC = new GzipPayloadCodec();

  private final S3AsyncClient s3;
  private final ExternalStorage storage;

  PayloadConfiguration(S3Settings settings) {
    s3 = settings.newClient();
    storage =
        ExternalStorage.newBuilder()
            .setDriver(
                S3StorageDriver.newBuilder().setClient(s3).setBucket(settings.bucket()).build())
            .build();
  }

  /**
   * Connects to S3 as the environment says.
   *
   * @throws ExampleException if the settings are wrong, or the bucket can't be reached
   */
  static PayloadConfiguration connect(Map<String, String> environment) {
    S3Settings settings = S3Settings.fromEnvironment(environment);
    PayloadConfiguration payloads = new PayloadConfiguration(settings);
    new BucketCheck(payloads.s3, settings).run();
    return payloads;
  }

  /** For a client that compresses its payloads and then stores the large ones. */
  WorkflowClientOptions clientOptions(String namespace) {
    return clientOptions(namespace, new ExternalStoragePlugin(storage));
  }

  static WorkflowClientOptions clientOptions(String namespace, ExternalStoragePlugin plugin) {
    return WorkflowClientOptions.newBuilder()
        .setNamespace(namespace)
        .setDataConverter(
            new CodecDataConverter(DefaultDataConverter.newDefaultInstance(), List.of(CODEC)))
        .setPlugins(plugin)
        .build();
  }

  /** The same for a codec server. */
  NamespaceCodec namespaceCodec() {
    return NamespaceCodec.newBuilder(storage).setPreStorageCodec(CODEC).build();
  }

  @Override
  public void close() {
    storage.close();
    s3.close();
  }
}
