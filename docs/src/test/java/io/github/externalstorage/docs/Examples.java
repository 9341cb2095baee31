package io.github.externalstorage.docs;

import com.google.auth.oauth2.GoogleCredentials;
import io.github.externalstorage.ExternalStorage;
import io.github.externalstorage.driver.StorageDriver;
import io.github.externalstorage.gcs.GcsStorageDriver;
import java.io.IOException;

/** Code of several pages. */
final class Examples {

  private Examples() {}

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

  static ExternalStorage ownDriver(StorageDriver httpStorageDriver) {
    // Begin
    ExternalStorage storage = ExternalStorage.newBuilder().setDriver(httpStorageDriver).build();
    // End
    return storage;
  }
}
