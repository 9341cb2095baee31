package io.github.externalstorage.examples;

import io.github.externalstorage.ExternalStorage;
import io.github.externalstorage.ExternalStoragePlugin;
import io.github.externalstorage.GzipPayloadCodec;
import io.github.externalstorage.codec.http.NamespaceCodec;
import io.github.externalstorage.driver.StorageDriver;
import io.github.externalstorage.s3.S3StorageDriver;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.common.converter.CodecDataConverter;
import io.temporal.common.converter.DefaultDataConverter;
import io.temporal.payload.codec.PayloadCodec;
import java.util.List;
import software.amazon.awssdk.services.s3.S3AsyncClient;

/**
 * The external storage of this example: payloads are compressed, and those that are still large are
 * stored. Worker, starter and codec server share this set-up, because each has to read what the
 * others write.
 */
final class PayloadStorage implements AutoCloseable {

  private static final PayloadCodec CODEC = new GzipPayloadCodec();

  private final ExternalStorage storage;
  private final Runnable closeClient;

  /**
   * @param closeClient closes the client of the driver
   */
  PayloadStorage(StorageDriver driver, Runnable closeClient) {
    storage = ExternalStorage.newBuilder().setDriver(driver).build();
    this.closeClient = closeClient;
  }

  /**
   * Connects to S3.
   *
   * @throws ExampleException if the bucket can't be reached
   */
  static PayloadStorage connect(S3Settings settings) {
    S3AsyncClient s3 = settings.newClient();
    try {
      settings.checkBucket(s3);
    } catch (ExampleException e) {
      s3.close();
      throw e;
    }
    return new PayloadStorage(
        S3StorageDriver.newBuilder().setClient(s3).setBucket(settings.bucket()).build(), s3::close);
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
    closeClient.run();
  }
}
