package io.github.externalstorage.s3;

import com.google.common.hash.HashCode;
import io.github.externalstorage.driver.CancellationToken;
import io.github.externalstorage.driver.StorageDriver;
import io.github.externalstorage.driver.StorageDriverClaim;
import io.github.externalstorage.driver.StorageDriverRetrieveContext;
import io.github.externalstorage.driver.StorageDriverStoreContext;
import io.github.externalstorage.driver.StorageException;
import io.github.externalstorage.driver.StorageException.Reason;
import io.temporal.api.common.v1.Payload;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.S3AsyncClient;

/**
 * Keeps payloads in Amazon S3 or an S3-compatible server, in the layout of every official Temporal
 * SDK: what one stores, any other can retrieve, if its driver has the same name.
 *
 * <p>Objects are addressed by their content and by what the payload belongs to, such as {@code
 * v0/ns/{namespace}/wt/{type}/wi/{id}/ri/{run}/d/sha256/{hash}}, shortened to {@code
 * v0/ns/{namespace}/d/sha256/{hash}} where S3 would refuse the key as too long. So storing is one
 * unconditional PUT, which needs no right but {@code s3:PutObject}, does no harm when it is made
 * again, and lets an object's age start anew. It carries the SHA-256, which S3 checks before it
 * keeps the object. Retrieving is one GET; what arrives is checked against the hash in the claim.
 *
 * <p>Claims are confined to the buckets given here, and to keys under {@code v0/}.
 *
 * <p><b>Failures</b> name the operation, bucket, key, region, and S3's answer. Each request is sent
 * once, whatever retries the client is configured for, since {@link
 * io.github.externalstorage.ExternalStorage} makes them again. Two failures count as retryable
 * although they mostly last: an object that does not exist, since replicas lag, and one of another
 * hash, since it may have been damaged on its way.
 *
 * <p><b>Timeouts.</b> A request that stands still or crawls is given up whatever the client, see
 * {@link Builder#setStallTimeout}, so that it can be made again before a workflow task times out.
 * The client's own timeouts hold beside it; {@link S3StorageClientBuilder} makes a client with ones
 * that suit. Cancelling aborts the HTTP request. Thread-safe. Closing does nothing: the client
 * stays its maker's.
 */
public final class S3StorageDriver implements StorageDriver {

  /** The {@linkplain #getType() type}, and the name unless another is set. */
  public static final String TYPE = "aws.s3driver";

  /** The largest payload unless another maximum is set, in bytes. */
  public static final int DEFAULT_MAX_PAYLOAD_SIZE = 50 * 1024 * 1024;

  private final SingleAttemptClient client;
  private final StoreAnswers answers = new StoreAnswers();
  private final S3ClientLocation location;
  private final S3ObjectLocator locator;
  private final S3PutObjectCustomizer customizer;
  private final String name;
  private final int maxPayloadSize;
  private final TransferPace pace;

  private S3StorageDriver(Builder builder, S3AsyncClient client, S3Buckets buckets) {
    this.client = new SingleAttemptClient(client);
    location = S3ClientLocation.of(client);
    locator = new S3ObjectLocator(buckets, builder.maxKeySegmentLength);
    customizer = builder.customizer;
    name = builder.name;
    maxPayloadSize = builder.maxPayloadSize;
    pace = new TransferPace(builder.stallTimeout, System.nanoTime());
  }

  /** A builder with the defaults. */
  public static Builder newBuilder() {
    return new Builder();
  }

  @Override
  public CompletableFuture<StorageDriverClaim> store(
      StorageDriverStoreContext context, Payload payload) {
    return started(context.getCancellationToken(), () -> startStoring(context, payload));
  }

  private CompletableFuture<StorageDriverClaim> startStoring(
      StorageDriverStoreContext context, Payload payload) {
    requireAllowedSize(payload);
    S3ObjectBody body = S3ObjectBody.of(payload);
    S3Call call =
        new S3Call(S3Operation.STORE, locator.locate(context, payload, body.sha256()), location);
    return new S3Upload(
            client,
            pace,
            call,
            context,
            body,
            answers,
            request -> customizer.customize(request, context, payload))
        .start();
  }

  @Override
  public CompletableFuture<Payload> retrieve(
      StorageDriverRetrieveContext context, StorageDriverClaim claim) {
    return started(context.getCancellationToken(), () -> startRetrieving(context, claim));
  }

  private CompletableFuture<Payload> startRetrieving(
      StorageDriverRetrieveContext context, StorageDriverClaim claim) {
    S3Call call = new S3Call(S3Operation.RETRIEVE, locator.locate(claim), location);
    return new S3Download(client, call, maxPayloadSize, pace, context).start();
  }

  /** A request, or the failure to make one; aborted with the caller's token. */
  private static <T> CompletableFuture<T> started(
      CancellationToken token, Supplier<CompletableFuture<T>> request) {
    CompletableFuture<T> result;
    try {
      result = request.get();
    } catch (RuntimeException e) {
      return CompletableFuture.failedFuture(e);
    }
    CancellationToken.Registration registration = token.onCancel(() -> result.cancel(true));
    result.whenComplete((value, failure) -> registration.close());
    return result;
  }

  @Override
  public Optional<StorageDriverClaim> getClaim(StorageDriverStoreContext context, Payload payload) {
    requireAllowedSize(payload);
    HashCode sha256 = S3ObjectBody.sha256(payload);
    return Optional.of(locator.locate(context, payload, sha256));
  }

  @Override
  public StorageDriverClaim parseClaim(StorageDriverClaim claim) {
    return locator.locate(claim);
  }

  /**
   * The namespace in the claim's key; empty if the key has none, or {@code null} in its place.
   *
   * @throws StorageException as {@link #parseClaim} does
   */
  @Override
  public Optional<String> getNamespace(StorageDriverClaim claim) {
    return locator.locate(claim).key().namespace();
  }

  @Override
  public String getName() {
    return name;
  }

  @Override
  public String getType() {
    return TYPE;
  }

  @Override
  public long getMaxPayloadSize() {
    return maxPayloadSize;
  }

  private void requireAllowedSize(Payload payload) {
    int size = payload.getSerializedSize();
    if (size > maxPayloadSize) {
      throw new StorageException(
          Reason.TOO_LARGE,
          "S3 store refused: a payload of %s bytes exceeds the maximum of %s bytes of the storage driver '%s'; make the payload smaller, split it, or raise maxPayloadSize"
              .formatted(size, maxPayloadSize, name));
    }
  }

  /**
   * Builds an {@link S3StorageDriver}. A client and a bucket, or a bucket selector, are required.
   * Not thread-safe.
   */
  public static final class Builder {

    private @Nullable S3AsyncClient client;
    private @Nullable S3BucketSelector bucketSelector;
    private Set<String> storingBuckets = Set.of();
    private Set<String> readOnlyBuckets = Set.of();
    private Map<String, String> bucketAliases = Map.of();
    private S3PutObjectCustomizer customizer = S3PutObjectCustomizer.none();
    private String name = TYPE;
    private int maxPayloadSize = DEFAULT_MAX_PAYLOAD_SIZE;
    private int maxKeySegmentLength = S3ObjectKey.MAX_LENGTH;
    private Duration stallTimeout = Duration.ofSeconds(4);

    private Builder() {}

    /**
     * The client to send requests with. It stays the caller's, who closes it after the driver was
     * last used. Required.
     *
     * <p>However it is configured, each request is sent once, without {@code Expect: 100-continue}
     * and without checksums of the client's own, and succeeds only by an answer that can be its
     * own. Its {@code multipartEnabled} has no effect: every object is sent whole. If another
     * client wraps one with {@code multipartEnabled}, objects over its threshold can't be stored.
     *
     * <p>A client on the AWS CRT ({@code S3AsyncClient.crtBuilder()}) makes retries of its own all
     * the same, and splits large objects into parts, for which S3 can't verify the driver's
     * SHA-256: set its {@code thresholdInBytes} above the driver's {@code maxPayloadSize}.
     */
    public Builder setClient(S3AsyncClient s3Client) {
      client = MultipartClients.unwrap(s3Client);
      return this;
    }

    /**
     * The bucket to store to and retrieve from: its name, or the ARN of an access point or
     * multi-region access point. Not blank. Required unless there is a bucket selector; of the two
     * the last one set counts.
     *
     * @throws IllegalArgumentException if blank
     */
    public Builder setBucket(String bucket) {
      return setBucketSelector((context, payload) -> bucket, Set.of(bucket));
    }

    /**
     * Chooses the bucket of each payload. Required unless there is a bucket.
     *
     * @param selector the choice
     * @param buckets all that it may choose, since only they can be retrieved from; not empty, none
     *     blank
     * @throws IllegalArgumentException if there is no bucket or one is blank
     */
    public Builder setBucketSelector(S3BucketSelector selector, Collection<String> buckets) {
      if (buckets.isEmpty()) {
        throw new IllegalArgumentException("A bucket selector needs buckets to choose from");
      }
      bucketSelector = selector;
      storingBuckets = S3Buckets.requireNames(buckets);
      return this;
    }

    /**
     * Further buckets that claims may name: what was stored there stays retrievable, nothing new
     * goes there. None blank. Default: none.
     *
     * @throws IllegalArgumentException if one is blank
     */
    public Builder setReadOnlyBuckets(Collection<String> buckets) {
      readOnlyBuckets = S3Buckets.requireNames(buckets);
      return this;
    }

    /**
     * Buckets that have moved: a claim that names a key of this map is retrieved from its value.
     * None blank. A former bucket can't be one to store to or to read as well. Default: none.
     *
     * @param presentByFormer where objects are now, by the bucket that claims name
     * @throws IllegalArgumentException if one is blank
     */
    public Builder setBucketAliases(Map<String, String> presentByFormer) {
      S3Buckets.requireNames(presentByFormer.keySet());
      S3Buckets.requireNames(presentByFormer.values());
      bucketAliases = Map.copyOf(presentByFormer);
      return this;
    }

    /** Completes each PutObject request. Default: {@link S3PutObjectCustomizer#none()}. */
    public Builder setPutObjectCustomizer(S3PutObjectCustomizer putObjectCustomizer) {
      customizer = putObjectCustomizer;
      return this;
    }

    /**
     * The name under which references find the driver again, unique among the drivers of a storage.
     * Another than the default is only needed for a second S3 driver; workers of all SDKs must then
     * use the same. Not blank. Default: {@value #TYPE}.
     *
     * @throws IllegalArgumentException if blank
     */
    public Builder setName(String driverName) {
      if (driverName.isBlank()) {
        throw new IllegalArgumentException("name must not be blank");
      }
      name = driverName;
      return this;
    }

    /**
     * The largest payload that is stored, and the largest object that is retrieved, in bytes of the
     * serialized payload. So raise it where payloads are retrieved first, and do not lower it while
     * larger ones are referred to. Positive. Default: {@value #DEFAULT_MAX_PAYLOAD_SIZE}, as in the
     * other SDKs.
     *
     * @throws IllegalArgumentException if not positive
     */
    public Builder setMaxPayloadSize(int bytes) {
      if (bytes <= 0) {
        throw new IllegalArgumentException("maxPayloadSize must be positive: " + bytes);
      }
      maxPayloadSize = bytes;
      return this;
    }

    /**
     * The most bytes that a segment of an object key, between two slashes, may have once it is
     * percent-encoded. Keys with a longer one are shortened as those over 1,024 bytes are. For
     * servers that limit segments: 255 for SeaweedFS. At least 64, the length of a hash. Default:
     * 1,024, which adds no limit. Reading is not affected.
     *
     * @throws IllegalArgumentException if less than 64
     */
    public Builder setMaxKeySegmentLength(int bytes) {
      if (bytes < 64) {
        throw new IllegalArgumentException("maxKeySegmentLength must be at least 64: " + bytes);
      }
      maxKeySegmentLength = bytes;
      return this;
    }

    /**
     * How long a request may stand still: no byte of an answer arrives, and no part of a body
     * leaves. A body that was sent may still be on its way, through buffers of the kernel and of
     * proxies, on a link that all requests of the driver share. So a request has, beyond this time,
     * as long as everything that was sent and not answered takes at 256 KiB a second: 300 KiB alone
     * are given up after 5.2 s. Once requests that began later have been answered and have moved
     * more than a fair share, this time alone counts. An answer that arrives more slowly than 256
     * KiB a second, shared by all requests under way, may lag behind by this time. Waiting for a
     * connection of the client does not count. A request that is given up is a passing fault.
     * Positive. Default: 4 s, so that an attempt which begins last of all, after the 6 s of {@link
     * io.github.externalstorage.options.StorageRetryOptions}, ends with the 10 s of Temporal's
     * workflow task timeout.
     *
     * @throws IllegalArgumentException if not positive
     */
    public Builder setStallTimeout(Duration timeout) {
      if (timeout.isNegative() || timeout.isZero()) {
        throw new IllegalArgumentException("stallTimeout must be positive: " + timeout);
      }
      stallTimeout = timeout;
      return this;
    }

    /**
     * Builds the driver.
     *
     * @throws IllegalArgumentException if there is no client or no bucket, or a bucket that has an
     *     alias is to be stored to or read as well
     * @throws IllegalStateException if the AWS SDK on the class path is older than 2.30
     */
    public S3StorageDriver build() {
      AwsSdk.requireSupported();
      if (client == null) {
        throw new IllegalArgumentException(
            "An S3 storage driver needs a client: call setClient, with one of your own or of"
                + " S3StorageClientBuilder");
      }
      if (bucketSelector == null) {
        throw new IllegalArgumentException(
            "An S3 storage driver needs a bucket: call setBucket or setBucketSelector");
      }
      S3Buckets buckets =
          new S3Buckets(bucketSelector, storingBuckets, readOnlyBuckets, bucketAliases);
      return new S3StorageDriver(this, client, buckets);
    }
  }
}
