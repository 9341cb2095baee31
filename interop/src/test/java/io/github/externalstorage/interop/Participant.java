package io.github.externalstorage.interop;

import io.github.externalstorage.ExternalStorage;
import io.github.externalstorage.ExternalStoragePlugin;
import io.github.externalstorage.GzipPayloadCodec;
import io.github.externalstorage.driver.FileStorageDriver;
import io.github.externalstorage.driver.StorageDriver;
import io.github.externalstorage.interop.everypath.EveryPathStarter;
import io.github.externalstorage.options.StartupCheck;
import io.github.externalstorage.s3.S3StorageDriver;
import io.temporal.client.ActivityClient;
import io.temporal.client.ActivityClientOptions;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.client.schedules.ScheduleClient;
import io.temporal.client.schedules.ScheduleClientOptions;
import io.temporal.common.converter.CodecDataConverter;
import io.temporal.common.converter.DataConverter;
import io.temporal.common.converter.DefaultDataConverter;
import java.io.Closeable;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A worker or starter, configured as by a user. Each has its own storage, so that payloads are
 * exchanged only through the servers.
 */
final class Participant implements Closeable {

  private final Servers servers;
  private final DataConverter converter;
  private final AtomicBoolean storing = new AtomicBoolean(true);
  private final ExternalStorage storage;
  private final ExternalStoragePlugin plugin;

  Participant(Servers servers) {
    this(servers, s3(servers), gzip(), ExternalStorage.DEFAULT_PAYLOAD_SIZE_THRESHOLD);
  }

  private Participant(
      Servers servers, StorageDriver driver, DataConverter converter, int payloadSizeThreshold) {
    this.servers = servers;
    this.converter = converter;
    storage =
        ExternalStorage.newBuilder()
            .setDriver(driver)
            .setPayloadSizeThreshold(payloadSizeThreshold)
            .setStoreEnabled(storing::get)
            .build();
    plugin = ExternalStoragePlugin.newBuilder(storage).setStartupCheck(StartupCheck.OFF).build();
  }

  /** Another one, without a payload codec. */
  Participant withoutCodec() {
    return new Participant(
        servers,
        s3(servers),
        DefaultDataConverter.newDefaultInstance(),
        ExternalStorage.DEFAULT_PAYLOAD_SIZE_THRESHOLD);
  }

  /** Stores every payload, however small. */
  static Participant storingAll(Servers servers) {
    return new Participant(servers, s3(servers), gzip(), 1);
  }

  /** The same, with Google Cloud Storage. */
  static Participant storingAllInGcs(Servers servers) {
    return new Participant(servers, GcsBucket.ofServers().newDriver().build(), gzip(), 1);
  }

  /** With files in a directory. */
  static Participant onFiles(Servers servers, Path directory) {
    return new Participant(
        servers,
        FileStorageDriver.newBuilder().setDirectory(directory).build(),
        gzip(),
        ExternalStorage.DEFAULT_PAYLOAD_SIZE_THRESHOLD);
  }

  private static StorageDriver s3(Servers servers) {
    return S3StorageDriver.newBuilder()
        .setClient(servers.bucket().s3())
        .setBucket(servers.bucket().name())
        // SeaweedFS's limit; the object keys of short ids are not affected.
        .setMaxKeySegmentLength(255)
        .build();
  }

  /** Enables or disables storing. References are resolved in both cases. */
  void setStoring(boolean enabled) {
    storing.set(enabled);
  }

  ExternalStorage storage() {
    return storage;
  }

  WorkflowClient workflowClient() {
    return WorkflowClient.newInstance(
        servers.temporal(),
        WorkflowClientOptions.newBuilder()
            .setNamespace(servers.namespace())
            .setDataConverter(converter)
            .setPlugins(plugin)
            .build());
  }

  private ScheduleClient scheduleClient() {
    return ScheduleClient.newInstance(
        servers.temporal(),
        ScheduleClientOptions.newBuilder()
            .setNamespace(servers.namespace())
            .setDataConverter(converter)
            .setPlugins(plugin)
            .build());
  }

  private ActivityClient activityClient() {
    ActivityClientOptions.Builder options =
        ActivityClientOptions.newBuilder()
            .setNamespace(servers.namespace())
            .setDataConverter(converter);
    storage.configure(options);
    return ActivityClient.newInstance(servers.temporal(), options.build());
  }

  EveryPathStarter everyPath(String taskQueue, String run) {
    return new EveryPathStarter(
        workflowClient(), scheduleClient(), activityClient(), taskQueue, run);
  }

  static DataConverter gzip() {
    return new CodecDataConverter(
        DefaultDataConverter.newDefaultInstance(), List.of(new GzipPayloadCodec()));
  }

  @Override
  public void close() {
    storage.close();
  }
}
