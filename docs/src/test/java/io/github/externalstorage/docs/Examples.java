package io.github.externalstorage.docs;

import com.google.auth.oauth2.GoogleCredentials;
import example.LargePayloadServiceCodec;
import io.github.externalstorage.ExternalStorage;
import io.github.externalstorage.GzipPayloadCodec;
import io.github.externalstorage.driver.StorageDriver;
import io.github.externalstorage.gcs.GcsStorageDriver;
import io.github.externalstorage.s3.S3StorageClientBuilder;
import io.github.externalstorage.s3.S3StorageDriver;
import io.temporal.common.converter.CodecDataConverter;
import io.temporal.common.converter.DataConverter;
import io.temporal.common.converter.DefaultDataConverter;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import software.amazon.awssdk.services.s3.S3AsyncClient;

/** Code of several pages. */
final class Examples {

  private Examples() {}

  static ExternalStorage s3() {
    // Begin
    S3AsyncClient s3 = S3StorageClientBuilder.newBuilder().build();
    ExternalStorage storage =
        ExternalStorage.newBuilder()
            .setDriver(
                S3StorageDriver.newBuilder().setClient(s3).setBucket("temporal-payloads").build())
            .build();
    storage.checkAccess().join();
    // End
    return storage;
  }

  static StorageDriver gcs() throws IOException {
    // Begin
    GcsStorageDriver driver =
        GcsStorageDriver.newBuilder()
            .setCredentials(
                GoogleCredentials.getApplicationDefault()
                    .createScoped("https://www.googleapis.com/auth/devstorage.read_write"))
            .setBucket("temporal-payloads")
            .build();
    // End
    return driver;
  }

  static ExternalStorage withSwitch(StorageDriver driver) {
    // Begin
    AtomicBoolean storing = new AtomicBoolean();
    ExternalStorage storage =
        ExternalStorage.newBuilder().setDriver(driver).setStoreEnabled(storing::get).build();
    // End
    return storage;
  }

  static DataConverter largePayloadService(URI largePayloadService) {
    // Begin
    DataConverter converter =
        new CodecDataConverter(
            DefaultDataConverter.newDefaultInstance(),
            List.of(new LargePayloadServiceCodec(largePayloadService), new GzipPayloadCodec()));
    // End
    return converter;
  }
}
