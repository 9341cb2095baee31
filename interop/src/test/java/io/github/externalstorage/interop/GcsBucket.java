package io.github.externalstorage.interop;

import com.google.common.net.PercentEscaper;
import com.google.protobuf.ByteString;
import io.github.externalstorage.gcs.GcsStorageDriver;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;

/** Accesses the bucket of the server for Google Cloud Storage without the library. */
record GcsBucket(HttpClient client, URI endpoint, String name) {

  /** What tells the programs of other languages to store there. */
  static final Map<String, String> IN_USE = Map.of("INTEROP_STORAGE", "gcs");

  private static final PercentEscaper SEGMENT = new PercentEscaper("-_.~", false);

  static GcsBucket ofServers() {
    return new GcsBucket(
        HttpClient.newHttpClient(),
        URI.create(Servers.environment("STORAGE_EMULATOR_HOST")),
        Servers.environment("GCS_BUCKET"));
  }

  /** A builder of the library's driver for the bucket. */
  GcsStorageDriver.Builder newDriver() {
    return GcsStorageDriver.newBuilder().setEndpoint(endpoint).setBucket(name);
  }

  ByteString read(String key) {
    return send(HttpRequest.newBuilder(object(key, "?alt=media")));
  }

  void delete(String key) {
    var unused = send(HttpRequest.newBuilder(object(key, "")).DELETE());
  }

  void write(String key, ByteString content) {
    String path =
        "/upload/storage/v1/b/%s/o?uploadType=media&name=%s".formatted(name, SEGMENT.escape(key));
    var unused =
        send(
            HttpRequest.newBuilder(endpoint.resolve(path))
                .POST(BodyPublishers.ofByteArray(content.toByteArray())));
  }

  private URI object(String key, String query) {
    return endpoint.resolve("/storage/v1/b/%s/o/%s".formatted(name, SEGMENT.escape(key)) + query);
  }

  private ByteString send(HttpRequest.Builder request) {
    try {
      HttpResponse<byte[]> response = client.send(request.build(), BodyHandlers.ofByteArray());
      if (response.statusCode() >= 300) {
        throw new AssertionError(response + " " + ByteString.copyFrom(response.body()));
      }
      return ByteString.copyFrom(response.body());
    } catch (IOException e) {
      throw new AssertionError(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }
}
