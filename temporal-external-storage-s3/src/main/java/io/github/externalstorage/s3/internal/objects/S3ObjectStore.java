package io.github.externalstorage.s3.internal.objects;

import com.google.common.base.Strings;
import io.github.externalstorage.driver.ListObjectsRequest;
import io.github.externalstorage.driver.ListedObject;
import io.github.externalstorage.driver.ObjectDeletion;
import io.github.externalstorage.driver.ObjectPage;
import io.github.externalstorage.driver.ObjectStore;
import io.github.externalstorage.internal.futures.Futures;
import io.github.externalstorage.internal.objects.Buckets;
import io.github.externalstorage.s3.internal.requests.S3Call;
import io.github.externalstorage.s3.internal.requests.S3ClientLocation;
import io.github.externalstorage.s3.internal.requests.S3Fault;
import io.github.externalstorage.s3.internal.requests.S3Operation;
import io.github.externalstorage.s3.internal.requests.S3Requests;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.CommonPrefix;
import software.amazon.awssdk.services.s3.model.EncodingType;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.S3Object;

/** Lists, deletes and restores the objects of a driver's buckets. Thread-safe. */
public final class S3ObjectStore implements ObjectStore {

  private final S3Requests requests;
  private final S3ClientLocation location;
  private final Buckets buckets;
  private final Set<String> checkedBuckets = ConcurrentHashMap.newKeySet();

  public S3ObjectStore(S3Requests requests, S3ClientLocation location, Buckets buckets) {
    this.requests = requests;
    this.location = location;
    this.buckets = buckets;
  }

  @Override
  public Set<String> getBuckets() {
    return buckets.present();
  }

  @Override
  public CompletableFuture<ObjectPage> listObjects(ListObjectsRequest request) {
    return start(S3Operation.LIST, request.bucket(), request.prefix(), call -> list(call, request));
  }

  private CompletableFuture<ObjectPage> list(S3Call call, ListObjectsRequest request) {
    return Futures.map(
        requests.sendGuarded(
            call,
            (client, configuration) ->
                client.listObjectsV2(
                    ListObjectsV2Request.builder()
                        .bucket(request.bucket())
                        .prefix(Strings.emptyToNull(request.prefix()))
                        .delimiter(Strings.emptyToNull(request.delimiter()))
                        .continuationToken(Strings.emptyToNull(request.pageToken()))
                        // Keys may have characters that XML has not. The AWS SDK decodes them.
                        .encodingType(EncodingType.URL)
                        .overrideConfiguration(configuration)
                        .build())),
        response -> {
          if (!isComplete(response, request)) {
            throw call.failure(S3Fault.UNREADABLE);
          }
          return new ObjectPage(
              response.contents().stream().map(S3ObjectStore::listed).toList(),
              response.commonPrefixes().stream().map(CommonPrefix::prefix).toList(),
              response.isTruncated() ? response.nextContinuationToken() : "");
        });
  }

  /** Otherwise another XML document would look like an empty page. */
  private static boolean isComplete(ListObjectsV2Response response, ListObjectsRequest request) {
    String next = Strings.nullToEmpty(response.nextContinuationToken());
    return response.isTruncated() != null
        && (!response.isTruncated() || (!next.isEmpty() && !next.equals(request.pageToken())))
        && response.contents().stream()
            .allMatch(
                object ->
                    startsWith(object.key(), request.prefix())
                        && object.size() != null
                        && object.lastModified() != null
                        && object.eTag() != null)
        && response.commonPrefixes().stream()
            .allMatch(common -> startsWith(common.prefix(), request.prefix()));
  }

  private static boolean startsWith(@Nullable String key, String prefix) {
    return key != null && key.startsWith(prefix);
  }

  private static ListedObject listed(S3Object object) {
    return new ListedObject(
        object.key(), object.size(), object.lastModified(), S3ObjectVersion.plain(object.eTag()));
  }

  @Override
  public CompletableFuture<ObjectDeletion> deleteObject(String bucket, ListedObject object) {
    return start(
        S3Operation.DELETE,
        bucket,
        object.key(),
        call -> new S3ObjectDeletion(requests, call, object, checkedBuckets).start());
  }

  @Override
  public CompletableFuture<@Nullable Void> restoreObject(
      String bucket, String key, String undoToken) {
    return start(S3Operation.RESTORE, bucket, key, call -> restore(call, undoToken));
  }

  /**
   * @param deleteMarker the version id of the delete marker that hides the object
   */
  private CompletableFuture<@Nullable Void> restore(S3Call call, String deleteMarker) {
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
          return S3KeyVersions.removeMarker(requests, call, deleteMarker);
        });
  }

  private <T> CompletableFuture<T> start(
      S3Operation operation,
      String bucket,
      String key,
      Function<S3Call, CompletableFuture<T>> action) {
    return Futures.call(
        () -> {
          buckets.requirePresent(bucket, "S3 " + operation);
          return action.apply(new S3Call(operation, bucket, key, location));
        });
  }
}
