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
 * The external storage of this example: payloads are compressed, and those that are still large go
 * to S3. Worker, starter and codec server share this set-up, because each has to read what the
 * others write.
 */
final class PayloadStorage implements AutoCloseable {

  private static final PayloadCodec CODEC = new GzipPayloadCodec();

  private final S3AsyncClient s3;
  private final ExternalStorage storage;

  PayloadStorage(S3Settings settings) {
    s3 = settings.newClient();
    storage =
        ExternalStorage.newBuilder()
            .setDriver(
                S3StorageDriver.newBuilder().setClient(s3).setBucket(settings.bucket()).build())
            .build();
  }

  /**
   * Connects to S3 with the settings in the environment.
   *
   * @throws ExampleException if a setting is invalid, or the bucket can't be reached
   */
  static PayloadStorage connect(Map<String, String> environment) {
    S3Settings settings = S3Settings.fromEnvironment(environment);
    PayloadStorage payloads = new PayloadStorage(settings);
    try {
      settings.checkBucket(payloads.s3);
      return payloads;
    } catch (ExampleException e) {
      payloads.close();
      throw e;
    }
  }

  /** Options for a client, and for the workers that use the client. */
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

  /** The same codec and storage for a codec server. */
  NamespaceCodec namespaceCodec() {
    return NamespaceCodec.newBuilder(storage).setPreStorageCodec(CODEC).build();
  }

  @Override
  public void close() {
    storage.close();
    s3.close();
  }
}
