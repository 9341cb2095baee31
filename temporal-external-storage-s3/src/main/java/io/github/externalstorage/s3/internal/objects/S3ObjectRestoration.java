package io.github.externalstorage.s3.internal.objects;

import io.github.externalstorage.internal.futures.Futures;
import io.github.externalstorage.s3.internal.requests.S3Call;
import io.github.externalstorage.s3.internal.requests.S3Fault;
import io.github.externalstorage.s3.internal.requests.S3Operation;
import io.github.externalstorage.s3.internal.requests.S3Requests;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.DeleteObjectRequest;

/** Brings a deleted object back by removing its delete marker. */
final class S3ObjectRestoration {

  private final S3Requests requests;
  private final S3Call call;
  private final String deleteMarker;

  /**
   * @param call the restoration
   * @param deleteMarker the version id of the delete marker
   */
  S3ObjectRestoration(S3Requests requests, S3Call call, String deleteMarker) {
    this.requests = requests;
    this.call = call;
    this.deleteMarker = deleteMarker;
  }

  CompletableFuture<@Nullable Void> start() {
    return Futures.flatMap(
        S3KeyVersions.list(requests, call),
        versions -> {
          if (versions.exists()) {
            return CompletableFuture.completedFuture(null);
          }
          // Only what is a delete marker for sure may be removed: the same request would delete
          // any other version for ever.
          if (versions.newest().isEmpty()
              || !versions.deleteMarker().filter(deleteMarker::equals).isPresent()) {
            throw call.failure(S3Fault.NOT_RESTORABLE);
          }
          return removeMarker(requests, call, deleteMarker);
        });
  }

  /** Removes what is known to be a delete marker, which requires s3:DeleteObjectVersion. */
  static CompletableFuture<@Nullable Void> removeMarker(
      S3Requests requests, S3Call call, String deleteMarker) {
    S3Call removal = new S3Call(S3Operation.RESTORE, call.bucket(), call.key(), call.client());
    DeleteObjectRequest request =
        DeleteObjectRequest.builder()
            .bucket(call.bucket())
            .key(call.key())
            .versionId(deleteMarker)
            .build();
    return Futures.map(
        requests.sendGuarded(removal, (client, guard) -> client.deleteObject(request, guard)),
        response -> null);
  }
}
