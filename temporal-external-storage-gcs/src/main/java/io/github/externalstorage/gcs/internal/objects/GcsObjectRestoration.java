package io.github.externalstorage.gcs.internal.objects;

import io.github.externalstorage.gcs.internal.requests.GcsCall;
import io.github.externalstorage.gcs.internal.requests.GcsClient;
import io.github.externalstorage.gcs.internal.requests.GcsFault;
import io.github.externalstorage.internal.futures.Futures;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Brings a deleted generation of an object back: as a copy where the bucket has object versioning,
 * otherwise out of the soft-deleted objects. Both create a new generation.
 */
final class GcsObjectRestoration {

  private static final Pattern GENERATION = Pattern.compile("[0-9]{1,20}");

  private final GcsClient client;
  private final GcsCall call;
  private final String generation;

  /**
   * @param call the restoration
   */
  GcsObjectRestoration(GcsClient client, GcsCall call, String generation) {
    this.client = client;
    this.call = call;
    this.generation = generation;
  }

  CompletableFuture<@Nullable Void> start() {
    boolean isGeneration = GENERATION.matcher(generation).matches();
    return Futures.flatMap(
        isGeneration ? post(call.endpoint().copyBack(call, generation)) : exists(),
        isDone ->
            isDone || !isGeneration
                ? done(isDone)
                : Futures.flatMap(post(call.endpoint().restore(call, generation)), this::done));
  }

  private CompletableFuture<@Nullable Void> done(boolean isDone) {
    if (!isDone) {
      throw call.failure(GcsFault.NOT_RESTORABLE);
    }
    return CompletableFuture.completedFuture(null);
  }

  /** Returns whether the object exists now. */
  private CompletableFuture<Boolean> post(URI uri) {
    HttpRequest request =
        HttpRequest.newBuilder(uri)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString("{}"))
            .build();
    return Futures.map(
        client.exchange(call, request),
        response -> response.isPreconditionFailed() || !response.isObjectMissing());
  }

  private CompletableFuture<Boolean> exists() {
    HttpRequest request = HttpRequest.newBuilder(call.endpoint().metadata(call)).build();
    return Futures.map(client.exchange(call, request), response -> !response.isObjectMissing());
  }
}
