package example;

import io.github.externalstorage.ExternalStorage;
import java.net.URI;
import java.net.http.HttpClient;

/** How the driver is used. */
final class HttpStorage {

  private HttpStorage() {}

  static ExternalStorage create(HttpClient client) {
    // Begin
    URI base = URI.create("https://dav.example/payloads/");
    ExternalStorage storage =
        ExternalStorage.newBuilder()
            .setDriver(new HttpStorageDriver(client, base, 50 << 20, 4))
            .build();
    // End
    return storage;
  }
}
