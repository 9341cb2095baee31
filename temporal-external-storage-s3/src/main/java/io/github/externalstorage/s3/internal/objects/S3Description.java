package io.github.externalstorage.s3.internal.objects;

import io.github.externalstorage.driver.StorageDriverRetrieveContext;
import io.github.externalstorage.driver.StoredObject;
import io.github.externalstorage.internal.futures.Futures;
import io.github.externalstorage.s3.internal.requests.S3Call;
import io.github.externalstorage.s3.internal.requests.S3Fault;
import io.github.externalstorage.s3.internal.requests.S3Outcome;
import io.github.externalstorage.s3.internal.requests.S3Requests;
import io.temporal.api.common.v1.Payload;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.HeadObjectRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.StorageClass;

/**
 * Describes an object without reading it. The error response to a HEAD has no body and so no code:
 * a missing bucket looks like a missing object. So if S3 responds with an error, the request is
 * repeated as a GET.
 */
public final class S3Description {

  private static final String RESTORED = "ongoing-request=\"false\"";

  private final S3Requests requests;
  private final S3Call call;
  private final Function<StorageDriverRetrieveContext, CompletableFuture<Payload>> reading;

  public S3Description(
      S3Requests requests,
      S3Call call,
      Function<StorageDriverRetrieveContext, CompletableFuture<Payload>> reading) {
    this.requests = requests;
    this.call = call;
    this.reading = reading;
  }

  /** Sends the request; cancelling the future aborts it. */
  public CompletableFuture<StoredObject> start() {
    return Futures.flatMap(
        S3Outcome.of(
            requests.send(
                call,
                (client, configuration, watch) ->
                    client.headObject(
                        HeadObjectRequest.builder()
                            .bucket(call.bucket())
                            .key(call.key())
                            .overrideConfiguration(configuration)
                            .build()))),
        outcome -> outcome.isError() ? read() : described(outcome.response()));
  }

  private CompletableFuture<StoredObject> described(HeadObjectResponse response) {
    StorageClass storageClass = response.storageClass();
    boolean isArchived =
        storageClass == StorageClass.GLACIER || storageClass == StorageClass.DEEP_ARCHIVE;
    if (isArchived && (response.restore() == null || !response.restore().contains(RESTORED))) {
      throw call.failure(S3Fault.ARCHIVED);
    }
    return response.contentLength() == null
        ? read()
        : CompletableFuture.completedFuture(
            new StoredObject(response.contentLength(), response.lastModified()));
  }

  private CompletableFuture<StoredObject> read() {
    AtomicReference<@Nullable Instant> storedAt = new AtomicReference<>();
    StorageDriverRetrieveContext context =
        new StorageDriverRetrieveContext() {
          @Override
          public void reportStoredAt(Instant time) {
            storedAt.set(time);
          }
        };
    return Futures.map(
        reading.apply(context),
        payload -> new StoredObject(payload.getSerializedSize(), storedAt.get()));
  }
}
