package io.github.externalstorage.gcs.internal.objects;

import com.google.protobuf.Struct;
import io.github.externalstorage.driver.StoredObject;
import io.github.externalstorage.gcs.internal.requests.GcsCall;
import io.github.externalstorage.gcs.internal.requests.GcsClient;
import io.github.externalstorage.gcs.internal.requests.GcsError;
import io.github.externalstorage.gcs.internal.requests.GcsFault;
import io.github.externalstorage.gcs.internal.requests.LimitedText;
import io.github.externalstorage.internal.futures.Futures;
import java.net.http.HttpRequest;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;

/** Describes an object by its metadata. */
public final class GcsDescription {

  private final GcsClient client;
  private final GcsCall call;

  /**
   * @param call the description
   */
  public GcsDescription(GcsClient client, GcsCall call) {
    this.client = client;
    this.call = call;
  }

  public CompletableFuture<StoredObject> start() {
    HttpRequest request = HttpRequest.newBuilder(call.endpoint().metadata(call)).build();
    return Futures.map(
        client.download(call, request, (response, watch) -> new LimitedText()), this::describe);
  }

  private StoredObject describe(String response) {
    Struct object = GcsError.json(response);
    try {
      return new StoredObject(
          Long.parseLong(GcsError.string(object, "size")),
          Instant.parse(GcsError.string(object, "timeCreated")));
    } catch (RuntimeException e) {
      throw call.failure(GcsFault.MISMATCHED_RESPONSE);
    }
  }
}
