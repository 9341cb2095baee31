package io.github.externalstorage.s3;

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
import io.github.externalstorage.internal.text.Quoted;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.model.BucketVersioningStatus;
import software.amazon.awssdk.services.s3.model.GetBucketLifecycleConfigurationResponse;
import software.amazon.awssdk.services.s3.model.GetBucketVersioningResponse;
import software.amazon.awssdk.services.s3.model.LifecycleRule;

/** Reads the lifecycle rules and the versioning of buckets. */
final class S3Buckets implements StorageBuckets {

  private static final AwsRequestOverrideConfiguration TIMEOUT =
      AwsRequestOverrideConfiguration.builder().apiCallTimeout(Duration.ofSeconds(10)).build();

  private static final String NO_RULES = "NoSuchLifecycleConfiguration";

  private final S3AsyncClient client;
  private final S3ClientLocation location;
  private final Buckets buckets;
  private final S3ObjectLocator locator;

  S3Buckets(
      S3AsyncClient client, S3ClientLocation location, Buckets buckets, S3ObjectLocator locator) {
    this.client = client;
    this.location = location;
    this.buckets = buckets;
    this.locator = locator;
  }

  @Override
  public Set<StorageBucket> listBuckets() {
    return buckets.present().stream().map(this::bucket).collect(toUnmodifiableSet());
  }

  @Override
  public BucketObject locate(StorageDriverClaim claim) {
    S3Claim object = locator.locate(claim);
    return new BucketObject(bucket(object.bucket()), object.key().value());
  }

  private StorageBucket bucket(String name) {
    return new StorageBucket(StorageBucket.Service.S3, service(location.endpoint()), name);
  }

  /** Each bucket of Amazon S3 can be reached at several endpoints. */
  private static String service(@Nullable URI endpoint) {
    if (endpoint == null
        || endpoint.getHost() == null
        || endpoint.getHost().matches("(?i).*\\.amazonaws\\.com(\\.cn)?")) {
      return "";
    }
    String port = endpoint.getPort() < 0 ? "" : ":" + endpoint.getPort();
    return endpoint.getScheme() + "://" + endpoint.getHost() + port;
  }

  @Override
  public CompletableFuture<BucketSettings> readSettings(StorageBucket bucket) {
    return Futures.flatMap(
        rules(bucket.name()),
        rules ->
            Futures.map(
                versioning(bucket.name()),
                versioning -> {
                  List<LifecycleRule> limiting =
                      rules.stream().filter(rule -> !S3Rules.parse(rule).isEmpty()).toList();
                  return new BucketSettings(
                      versioning,
                      limiting.stream().flatMap(rule -> S3Rules.parse(rule).stream()).toList(),
                      limiting.size() < rules.size());
                }));
  }

  private CompletableFuture<List<LifecycleRule>> rules(String bucket) {
    CompletableFuture<GetBucketLifecycleConfigurationResponse> response =
        client.getBucketLifecycleConfiguration(
            request -> request.bucket(bucket).overrideConfiguration(TIMEOUT));
    return Futures.map(response, GetBucketLifecycleConfigurationResponse::rules)
        .exceptionally(
            failure -> {
              if (Futures.unwrap(failure) instanceof AwsServiceException error
                  && S3Fault.code(error).equals(NO_RULES)) {
                return List.of();
              }
              throw new CompletionException(translate(bucket, failure));
            });
  }

  private CompletableFuture<BucketVersioning> versioning(String bucket) {
    CompletableFuture<GetBucketVersioningResponse> response =
        client.getBucketVersioning(
            request -> request.bucket(bucket).overrideConfiguration(TIMEOUT));
    return Futures.map(response, GetBucketVersioningResponse::status)
        .handle(
            (status, failure) -> {
              if (failure == null) {
                return status == BucketVersioningStatus.ENABLED
                    ? BucketVersioning.ON
                    : status == BucketVersioningStatus.SUSPENDED
                        ? BucketVersioning.SUSPENDED
                        : BucketVersioning.OFF;
              }
              StorageException translated = translate(bucket, failure);
              if (translated.getReason() == Reason.ACCESS_DENIED) {
                return BucketVersioning.UNKNOWN;
              }
              throw new CompletionException(translated);
            });
  }

  private StorageException translate(String bucket, Throwable failure) {
    Throwable cause = Futures.unwrap(failure);
    if (!(cause instanceof AwsServiceException error)) {
      return failed(bucket, S3Fault.UNREACHABLE, String.valueOf(cause), cause);
    }
    S3Fault fault = S3Fault.of(S3Operation.DESCRIBE, error);
    return fault == S3Fault.DENIED
        ? new StorageException(
            Reason.ACCESS_DENIED,
            false,
            "The lifecycle rules of the bucket %s could not be read [%s, code=%s]: the credentials need s3:GetLifecycleConfiguration, and s3:GetBucketVersioning"
                .formatted(bucket, location, S3Fault.code(error)),
            error)
        : failed(bucket, fault, S3Fault.code(error) + " " + S3Fault.message(error), error);
  }

  private StorageException failed(String bucket, S3Fault fault, String text, Throwable cause) {
    return new StorageException(
        fault.reason(),
        fault.isRetryable(),
        "The lifecycle rules of the bucket %s could not be read [%s, message=%s]: %s"
            .formatted(bucket, location, Quoted.of(text), fault.remedy()),
        cause);
  }
}
