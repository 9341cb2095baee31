package io.github.externalstorage.gcs;

import com.google.auth.oauth2.GoogleCredentials;
import java.io.IOException;

/** The code of the page about Google Cloud Storage. */
final class DocumentationSnippet {

  private DocumentationSnippet() {}

  static GcsStorageDriver driver() throws IOException {
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
}
