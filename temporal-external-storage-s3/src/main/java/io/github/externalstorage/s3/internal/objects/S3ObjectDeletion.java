package io.github.externalstorage.s3.internal.objects;

import io.github.externalstorage.driver.ListedObject;
import io.github.externalstorage.driver.ObjectDeletion;
import io.github.externalstorage.internal.futures.Futures;
import io.github.externalstorage.s3.internal.requests.S3Call;
import io.github.externalstorage.s3.internal.requests.S3Operation;
import io.github.externalstorage.s3.internal.requests.S3Outcome;
import io.github.externalstorage.s3.internal.requests.S3Requests;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.s3.model.DeleteObjectRequest;
import software.amazon.awssdk.services.s3.model.DeleteObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ObjectVersion;

/**
 * Deletes one object unless it has changed: HEAD, and DELETE with the ETag. In a versioned bucket,
 * the delete marker may nevertheless hide a version that was written in between. Then it is removed
 * again. If a call ends before that, the next one finds the delete marker and does it.
 */
final class S3ObjectDeletion {

  private static final int FORBIDDEN = 403;
  private static final int NOT_FOUND = 404;
  private static final int PRECONDITION_FAILED = 412;
  private static final int NOT_IMPLEMENTED = 501;
  private static final String DELETE_MARKER = "x-amz-delete-marker";

  private final S3Requests requests;
  private final S3Call call;
  private final ListedObject listed;
  private final Set<String> checkedBuckets;

  /**
   * @param call the deletion
   * @param checkedBuckets the versioned buckets whose versions could be listed
   */
  S3ObjectDeletion(
      S3Requests requests, S3Call call, ListedObject listed, Set<String> checkedBuckets) {
    this.requests = requests;
    this.call = call;
    this.listed = listed;
    this.checkedBuckets = checkedBuckets;
  }

  CompletableFuture<ObjectDeletion> start() {
    return Futures.flatMap(
        S3Outcome.of(
            requests.sendGuarded(
                call,
                (client, configuration) ->
                    client.headObject(
                        HeadObjectRequest.builder()
                            .bucket(call.bucket())
                            .key(call.key())
                            .overrideConfiguration(configuration)
                            .build()))),
        outcome -> {
          if (!outcome.isError()) {
            return found(outcome.response());
          }
          if (outcome.error().statusCode() == NOT_FOUND) {
            return isBehindDeleteMarker(outcome.error()) ? settle(null) : settleIfListable();
          }
          throw outcome.failure();
        });
  }

  private CompletableFuture<ObjectDeletion> found(HeadObjectResponse response) {
    if (!S3ObjectVersion.of(response).is(listed)) {
      return changed();
    }
    String versionId = response.versionId();
    boolean isVersioned = versionId != null && !versionId.equals(S3KeyVersions.NULL);
    return isVersioned
        ? Futures.flatMap(
            requireListable(),
            listable -> delete(response.eTag(), deleted -> deletedVersion(deleted, versionId)))
        : delete(response.eTag(), deleted -> CompletableFuture.completedFuture(deletedForEver()));
  }

  /** A missing permission must not show only after the deletion. */
  private CompletableFuture<Boolean> requireListable() {
    return checkedBuckets.contains(call.bucket())
        ? CompletableFuture.completedFuture(true)
        : Futures.map(
            S3KeyVersions.list(requests, call), versions -> checkedBuckets.add(call.bucket()));
  }

  private CompletableFuture<ObjectDeletion> delete(String eTag, Continuation next) {
    return Futures.flatMap(
        S3Outcome.of(send(eTag)),
        outcome -> {
          if (!outcome.isError()) {
            return next.apply(outcome.response());
          }
          return switch (outcome.error().statusCode()) {
            case NOT_FOUND, PRECONDITION_FAILED -> changed();
            case NOT_IMPLEMENTED -> Futures.flatMap(send(null), next::apply);
            default -> throw outcome.failure();
          };
        });
  }

  /** What follows a deletion. */
  @FunctionalInterface
  private interface Continuation {
    CompletableFuture<ObjectDeletion> apply(DeleteObjectResponse response);
  }

  private CompletableFuture<ObjectDeletion> deletedVersion(
      DeleteObjectResponse response, String versionId) {
    return Boolean.TRUE.equals(response.deleteMarker())
        ? settle(versionId)
        : CompletableFuture.completedFuture(deletedForEver());
  }

  /**
   * Determines what a delete marker hides: the version that was to be deleted, or one that was
   * written later, so that the marker must be removed.
   *
   * @param versionId the version that was to be deleted, null if unknown
   */
  private CompletableFuture<ObjectDeletion> settle(@Nullable String versionId) {
    return Futures.flatMap(
        S3KeyVersions.list(requests, call), versions -> settle(versions, versionId));
  }

  /** Not every server says in a response to HEAD that there is a delete marker. */
  private CompletableFuture<ObjectDeletion> settleIfListable() {
    return Futures.flatMap(
        S3Outcome.of(S3KeyVersions.list(requests, call)),
        outcome -> {
          if (!outcome.isError()) {
            return settle(outcome.response(), null);
          }
          return switch (outcome.error().statusCode()) {
            case FORBIDDEN, NOT_IMPLEMENTED -> missing();
            default -> throw outcome.failure();
          };
        });
  }

  private CompletableFuture<ObjectDeletion> settle(
      S3KeyVersions versions, @Nullable String versionId) {
    if (versions.deleteMarker().isEmpty() || versions.newest().isEmpty()) {
      // It was stored again, or its versions were deleted as well.
      return changed();
    }
    String marker = versions.deleteMarker().get();
    if (isListed(versions.newest().get(), versionId)) {
      return CompletableFuture.completedFuture(new ObjectDeletion(true, marker));
    }
    // Beneath a marker without an id, nothing newer can be.
    return marker.equals(S3KeyVersions.NULL)
        ? changed()
        : Futures.flatMap(S3KeyVersions.removeMarker(requests, call, marker), removed -> changed());
  }

  private boolean isListed(ObjectVersion version, @Nullable String versionId) {
    return versionId == null
        ? S3ObjectVersion.of(version).is(listed)
        : versionId.equals(version.versionId());
  }

  /** Only a response with a body tells a missing object from a missing bucket. */
  private CompletableFuture<ObjectDeletion> missing() {
    S3Call listing = new S3Call(S3Operation.LIST, call.bucket(), call.key(), call.client());
    return Futures.flatMap(
        requests.sendGuarded(
            listing,
            (client, configuration) ->
                client.listObjectsV2(
                    ListObjectsV2Request.builder()
                        .bucket(call.bucket())
                        .prefix(call.key())
                        .maxKeys(1)
                        .overrideConfiguration(configuration)
                        .build())),
        response -> changed());
  }

  private static boolean isBehindDeleteMarker(AwsServiceException error) {
    return error.awsErrorDetails() != null
        && error.awsErrorDetails().sdkHttpResponse() != null
        && error
            .awsErrorDetails()
            .sdkHttpResponse()
            .firstMatchingHeader(DELETE_MARKER)
            .filter(Boolean::parseBoolean)
            .isPresent();
  }

  private CompletableFuture<DeleteObjectResponse> send(@Nullable String eTag) {
    return requests.sendGuarded(
        call,
        (client, configuration) ->
            client.deleteObject(
                DeleteObjectRequest.builder()
                    .bucket(call.bucket())
                    .key(call.key())
                    .ifMatch(eTag)
                    .overrideConfiguration(configuration)
                    .build()));
  }

  private static ObjectDeletion deletedForEver() {
    return new ObjectDeletion(true, "");
  }

  private static CompletableFuture<ObjectDeletion> changed() {
    return CompletableFuture.completedFuture(ObjectDeletion.changed());
  }
}
