package io.github.externalstorage.s3.internal.objects;

import io.github.externalstorage.internal.futures.Futures;
import io.github.externalstorage.s3.internal.requests.S3Call;
import io.github.externalstorage.s3.internal.requests.S3Fault;
import io.github.externalstorage.s3.internal.requests.S3Operation;
import io.github.externalstorage.s3.internal.requests.S3Requests;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.DeleteMarkerEntry;
import software.amazon.awssdk.services.s3.model.DeleteObjectRequest;
import software.amazon.awssdk.services.s3.model.EncodingType;
import software.amazon.awssdk.services.s3.model.ListObjectVersionsRequest;
import software.amazon.awssdk.services.s3.model.ListObjectVersionsResponse;
import software.amazon.awssdk.services.s3.model.ObjectVersion;

/**
 * The versions of a key in a versioned bucket.
 *
 * @param exists whether the latest version is an object
 * @param deleteMarker the version id of the delete marker that is the latest version; empty if
 *     there is none
 * @param newest the newest version that is not a delete marker; empty if there is none
 */
record S3KeyVersions(
    boolean exists, Optional<String> deleteMarker, Optional<ObjectVersion> newest) {

  /** Of a version without an id, written while versioning was not enabled. */
  static final String NULL = "null";

  /**
   * Lists the versions of a key, which requires {@code s3:ListBucketVersions}.
   *
   * @param call the operation that needs them
   */
  static CompletableFuture<S3KeyVersions> list(S3Requests requests, S3Call call) {
    S3Call listing =
        new S3Call(S3Operation.LIST_VERSIONS, call.bucket(), call.key(), call.client());
    // The versions of one key come first, the newest before all others, in each of the two lists.
    return Futures.map(
        requests.sendGuarded(
            listing,
            (client, configuration) ->
                client.listObjectVersions(
                    ListObjectVersionsRequest.builder()
                        .bucket(call.bucket())
                        .prefix(call.key())
                        .encodingType(EncodingType.URL)
                        .overrideConfiguration(configuration)
                        .build())),
        response -> {
          if (response.isTruncated() == null) {
            throw listing.failure(S3Fault.UNREADABLE);
          }
          return of(response, call.key());
        });
  }

  /** Removes what is known to be a delete marker, which requires s3:DeleteObjectVersion. */
  static CompletableFuture<@Nullable Void> removeMarker(
      S3Requests requests, S3Call call, String deleteMarker) {
    S3Call removal = new S3Call(S3Operation.RESTORE, call.bucket(), call.key(), call.client());
    return Futures.map(
        requests.sendGuarded(
            removal,
            (client, configuration) ->
                client.deleteObject(
                    DeleteObjectRequest.builder()
                        .bucket(call.bucket())
                        .key(call.key())
                        .versionId(deleteMarker)
                        .overrideConfiguration(configuration)
                        .build())),
        response -> null);
  }

  private static S3KeyVersions of(ListObjectVersionsResponse response, String key) {
    Optional<ObjectVersion> newest =
        response.versions().stream().filter(it -> key.equals(it.key())).findFirst();
    Optional<String> deleteMarker =
        response.deleteMarkers().stream()
            .filter(it -> key.equals(it.key()) && isTrue(it.isLatest()))
            .map(DeleteMarkerEntry::versionId)
            .findFirst();
    return new S3KeyVersions(
        newest.filter(it -> isTrue(it.isLatest())).isPresent(), deleteMarker, newest);
  }

  private static boolean isTrue(@Nullable Boolean value) {
    return Boolean.TRUE.equals(value);
  }
}
