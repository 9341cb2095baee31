package io.github.externalstorage.s3.internal.objects;

import static java.util.stream.Collectors.toUnmodifiableSet;

import io.github.externalstorage.driver.BucketObject;
import io.github.externalstorage.driver.BucketSettings;
import io.github.externalstorage.driver.BucketVersioning;
import io.github.externalstorage.driver.StorageBucket;
import io.github.externalstorage.driver.StorageBuckets;
import io.github.externalstorage.driver.StorageDriverClaim;
import io.github.externalstorage.driver.StorageException;
import io.github.externalstorage.driver.StorageException.Reason;
import io.github.externalstorage.internal.futures.Futures;
import io.github.externalstorage.internal.objects.Buckets;
import io.github.externalstorage.internal.objects.ObjectClaim;
import io.github.externalstorage.s3.internal.claims.S3Claims;
import io.github.externalstorage.s3.internal.requests.S3Call;
import io.github.externalstorage.s3.internal.requests.S3ClientLocation;
import io.github.externalstorage.s3.internal.requests.S3Fault;
import io.github.externalstorage.s3.internal.requests.S3Operation;
import io.github.externalstorage.s3.internal.requests.S3Outcome;
import io.github.externalstorage.s3.internal.requests.S3Requests;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import software.amazon.awssdk.services.s3.model.BucketVersioningStatus;
import software.amazon.awssdk.services.s3.model.GetBucketLifecycleConfigurationRequest;
import software.amazon.awssdk.services.s3.model.GetBucketVersioningRequest;
import software.amazon.awssdk.services.s3.model.GetBucketVersioningResponse;
import software.amazon.awssdk.services.s3.model.LifecycleRule;

/** Reads the lifecycle rules and the versioning of buckets. Thread-safe. */
public final class S3Buckets implements StorageBuckets {

  private static final String NO_RULES = "NoSuchLifecycleConfiguration";

  private final S3Requests requests;
  private final S3ClientLocation location;
  private final Buckets buckets;
  private final S3Claims claims;

  public S3Buckets(
      S3Requests requests, S3ClientLocation location, Buckets buckets, S3Claims claims) {
    this.requests = requests;
    this.location = location;
    this.buckets = buckets;
    this.claims = claims;
  }

  @Override
  public Set<StorageBucket> listBuckets() {
    return buckets.present().stream().map(this::bucket).collect(toUnmodifiableSet());
  }

  @Override
  public BucketObject locate(StorageDriverClaim claim) {
    ObjectClaim object = claims.locate(claim);
    return new BucketObject(bucket(object.bucket()), object.key().getValue());
  }

  private StorageBucket bucket(String name) {
    return new StorageBucket(StorageBucket.Service.S3, location.service(), name);
  }

  @Override
  public CompletableFuture<BucketSettings> readSettings(StorageBucket bucket) {
    S3Call call = new S3Call(S3Operation.READ_SETTINGS, bucket.name(), "", location);
    return Futures.recover(
        Futures.flatMap(
            rules(call),
            rules -> Futures.map(versioning(call), versioning -> settings(rules, versioning))),
        failure -> CompletableFuture.failedFuture(explained(bucket.name(), failure)));
  }

  private static BucketSettings settings(List<LifecycleRule> rules, BucketVersioning versioning) {
    List<LifecycleRule> limiting =
        rules.stream().filter(rule -> !S3Rules.parse(rule).isEmpty()).toList();
    return new BucketSettings(
        versioning,
        limiting.stream().flatMap(rule -> S3Rules.parse(rule).stream()).toList(),
        limiting.size() < rules.size());
  }

  private CompletableFuture<List<LifecycleRule>> rules(S3Call call) {
    return Futures.map(
        S3Outcome.of(
            requests.sendGuarded(
                call,
                (client, configuration) ->
                    client.getBucketLifecycleConfiguration(
                        GetBucketLifecycleConfigurationRequest.builder()
                            .bucket(call.bucket())
                            .overrideConfiguration(configuration)
                            .build()))),
        outcome -> {
          if (!outcome.isError()) {
            return outcome.response().rules();
          }
          if (S3Fault.code(outcome.error()).equals(NO_RULES)) {
            return List.of();
          }
          throw outcome.failure();
        });
  }

  private CompletableFuture<BucketVersioning> versioning(S3Call call) {
    return Futures.map(
        S3Outcome.of(
            requests.sendGuarded(
                call,
                (client, configuration) ->
                    client.getBucketVersioning(
                        GetBucketVersioningRequest.builder()
                            .bucket(call.bucket())
                            .overrideConfiguration(configuration)
                            .build()))),
        outcome -> {
          if (!outcome.isError()) {
            return versioning(outcome.response());
          }
          if (outcome.failure().getReason() == Reason.ACCESS_DENIED) {
            return BucketVersioning.UNKNOWN;
          }
          throw outcome.failure();
        });
  }

  private static BucketVersioning versioning(GetBucketVersioningResponse response) {
    return response.status() == BucketVersioningStatus.ENABLED
        ? BucketVersioning.ON
        : response.status() == BucketVersioningStatus.SUSPENDED
            ? BucketVersioning.SUSPENDED
            : BucketVersioning.OFF;
  }

  private static Throwable explained(String bucket, Throwable failure) {
    return failure instanceof StorageException e
        ? new StorageException(
            e.getReason(),
            e.isRetryable(),
            "The lifecycle rules of the bucket %s could not be read: %s"
                .formatted(bucket, e.getMessage()),
            e)
        : failure;
  }
}
