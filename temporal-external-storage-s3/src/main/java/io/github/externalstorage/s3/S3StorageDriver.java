package io.github.externalstorage.s3;

import static com.google.common.base.Preconditions.checkArgument;
import static java.util.Objects.requireNonNull;

import io.github.externalstorage.driver.CancellationToken;
import io.github.externalstorage.driver.ObjectDeletion;
import io.github.externalstorage.driver.ObjectStore;
import io.github.externalstorage.driver.PayloadContent;
import io.github.externalstorage.driver.StorageBuckets;
import io.github.externalstorage.driver.StorageDriver;
import io.github.externalstorage.driver.StorageDriverClaim;
import io.github.externalstorage.driver.StorageDriverRetrieveContext;
import io.github.externalstorage.driver.StorageDriverStoreContext;
import io.github.externalstorage.driver.StorageException;
import io.github.externalstorage.driver.StorageException.Reason;
import io.github.externalstorage.driver.StorageKeyLayout;
import io.github.externalstorage.driver.StoredObject;
import io.github.externalstorage.driver.StoredObjects;
import io.github.externalstorage.internal.futures.Futures;
import io.github.externalstorage.internal.objects.Buckets;
import io.github.externalstorage.internal.objects.ObjectClaim;
import io.github.externalstorage.internal.transfers.StallDetector;
import io.github.externalstorage.s3.internal.claims.S3BucketNames;
import io.github.externalstorage.s3.internal.claims.S3Claims;
import io.github.externalstorage.s3.internal.objects.S3Buckets;
import io.github.externalstorage.s3.internal.objects.S3Description;
import io.github.externalstorage.s3.internal.objects.S3ObjectStore;
import io.github.externalstorage.s3.internal.payloads.S3Download;
import io.github.externalstorage.s3.internal.payloads.S3ObjectBody;
import io.github.externalstorage.s3.internal.payloads.S3Upload;
import io.github.externalstorage.s3.internal.payloads.StoreResponses;
import io.github.externalstorage.s3.internal.requests.AwsSdk;
import io.github.externalstorage.s3.internal.requests.MultipartClients;
import io.github.externalstorage.s3.internal.requests.S3Call;
import io.github.externalstorage.s3.internal.requests.S3ClientLocation;
import io.github.externalstorage.s3.internal.requests.S3Operation;
import io.github.externalstorage.s3.internal.requests.S3Requests;
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
 * Stores payloads in Amazon S3 or an S3-compatible server, in the layout that the official Temporal
 * SDKs share: what one SDK stores, any other can retrieve if its driver has the same name.
 *
 * <p>An object's key consists of the workflow or activity that the payload belongs to and of the
 * content's hash, such as {@code v0/ns/{namespace}/wt/{type}/wi/{id}/ri/{run}/d/sha256/{hash}}. A
 * key that is too long for S3 is shortened to {@code v0/ns/{namespace}/d/sha256/{hash}}. Storing is
 * one unconditional PUT. It requires only the permission {@code s3:PutObject}, can safely be
 * repeated, and resets the object's age. The request includes the SHA-256, which S3 verifies before
 * it stores the object. Retrieving is one GET, which requires only {@code s3:GetObject}; the
 * content is verified against the hash in the claim.
 *
 * <p>Claims are accepted only for the configured buckets and for keys under {@code v0/}. They are
 * written for the drivers of all SDKs, see {@link Builder#setStandardClaimsOnly}.
 *
 * <p><b>Failures</b> name the operation, bucket, key, region, and the error that S3 returned. Each
 * request is sent only once, even if the client is configured with retries, because {@link
 * io.github.externalstorage.ExternalStorage} retries it. Two failures count as retryable although
 * they are usually permanent: an object that does not exist, since replication may lag, and an
 * object whose hash does not match, since it may have been damaged in transit.
 *
 * <p><b>Timeouts.</b> With any client, a request that stalls or is too slow is aborted, see {@link
 * Builder#setStallTimeout}, so that it can be retried before a workflow task times out. The
 * client's own timeouts apply as well; {@link S3StorageClientBuilder} builds a client with suitable
 * ones. Cancelling aborts the HTTP request.
 *
 * <p>Thread-safe. {@link #close()} does nothing: the client remains owned by the caller.
 */
public final class S3StorageDriver implements StorageDriver {

  /** The {@linkplain #getType() type} of the driver, and its default name. */
  public static final String TYPE = "aws.s3driver";

  /** The default of {@link Builder#setMaxPayloadSize}, in bytes: 50 MiB. */
  public static final int DEFAULT_MAX_PAYLOAD_SIZE = 50 * 1024 * 1024;

  private final S3Requests requests;
  private final S3ObjectStore objectStore;
  private final StoreResponses responses = new StoreResponses();
  private final S3ClientLocation location;
  private final Buckets buckets;
  private final S3Claims claims;
  private final S3PutObjectCustomizer customizer;
  private final String name;
  private final int maxPayloadSize;
  private final S3Buckets storageBuckets;

  private S3StorageDriver(Builder builder, S3AsyncClient client, Buckets buckets) {
    this.buckets = buckets;
    location = S3ClientLocation.of(client);
    claims = new S3Claims(buckets, builder.standardClaimsOnly, builder.maxKeySegmentLength);
    customizer = builder.customizer;
    name = builder.name;
    maxPayloadSize = builder.maxPayloadSize;
    requests = new S3Requests(client, new StallDetector(builder.stallTimeout, System.nanoTime()));
    objectStore = new S3ObjectStore(requests, location, buckets);
    storageBuckets = new S3Buckets(requests, location, buckets, claims);
  }

  /** Returns a builder with the defaults. */
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
    PayloadContent content = context.getContent(payload);
    ObjectClaim object = claims.locate(context, payload, content.getSha256());
    S3ObjectBody body = new S3ObjectBody(content);
    return new S3Upload(
            requests,
            new S3Call(S3Operation.STORE, object, location),
            object,
            context,
            body,
            responses,
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
    ObjectClaim object = claims.locate(claim);
    S3Call call = new S3Call(S3Operation.RETRIEVE, object, location);
    return new S3Download(requests, call, object, maxPayloadSize, context).start();
  }

  /**
   * Describes an object with a HEAD, which requires the permission {@code s3:GetObject}. Without
   * {@code s3:ListBucket}, S3 denies access to an object that does not exist instead of saying so.
   * If S3 responds with an error, a GET follows to find out which error it is.
   */
  @Override
  public Optional<StoredObjects> getStoredObjects() {
    return Optional.of(this::describe);
  }

  private CompletableFuture<StoredObject> describe(StorageDriverClaim claim) {
    return Futures.call(
        () -> {
          S3Call call = new S3Call(S3Operation.DESCRIBE, claims.locate(claim), location);
          return new S3Description(requests, call, context -> startRetrieving(context, claim))
              .start();
        });
  }

  /**
   * Lists and deletes the objects of the buckets.
   *
   * <ul>
   *   <li>{@link ObjectStore#listObjects} lists up to 1,000 objects and prefixes with one request,
   *       which requires {@code s3:ListBucket}.
   *   <li>{@link ObjectStore#deleteObject} sends a HEAD, which checks ETag, size and time, and a
   *       DELETE with the ETag in {@code If-Match}. Requires {@code s3:GetObject} and {@code
   *       s3:DeleteObject}. S3 reports times in seconds, so a write in the same second as the one
   *       that was listed is not noticed.
   *   <li>If the bucket has versioning enabled, a deleted object can be restored. When an object is
   *       deleted, the driver then lists the key's versions, which requires {@code
   *       s3:ListBucketVersions}. If the object was written between HEAD and DELETE, the driver
   *       removes the delete marker again, which requires {@code s3:DeleteObjectVersion}; until
   *       then, for the time of about three requests, the object can't be retrieved. If the call
   *       fails or is interrupted in between, the same call must be repeated. A delete marker of
   *       someone else is also removed, if what it hides was written after the object was listed.
   *   <li>If versioning is disabled or suspended, an equal payload that is stored between HEAD and
   *       DELETE is deleted, since its ETag is the same, unless the bucket uses SSE-KMS. A
   *       different content is not deleted, if the server supports {@code If-Match} for deletions,
   *       as Amazon S3 does.
   *   <li>A deletion that is repeated because the first response was lost returns {@link
   *       ObjectDeletion#changed}.
   *   <li>{@link ObjectStore#restoreObject} removes the delete marker of an object, which requires
   *       {@code s3:ListBucketVersions} and {@code s3:DeleteObjectVersion}.
   * </ul>
   */
  @Override
  public Optional<ObjectStore> getObjectStore() {
    return Optional.of(objectStore);
  }

  /**
   * Reads the lifecycle rules and the versioning of a bucket, which requires the permissions {@code
   * s3:GetLifecycleConfiguration} and {@code s3:GetBucketVersioning}. A rule with conditions that
   * can't be checked, such as tags, counts as one that applies.
   */
  @Override
  public Optional<StorageBuckets> getStorageBuckets() {
    return Optional.of(storageBuckets);
  }

  /**
   * Starts a request. An exception becomes a failed future, and the caller's token aborts the
   * request.
   */
  private static <T> CompletableFuture<T> started(
      CancellationToken token, Supplier<CompletableFuture<T>> request) {
    return Futures.cancelOn(token, Futures.call(request));
  }

  @Override
  public Optional<StorageDriverClaim> getClaim(StorageDriverStoreContext context, Payload payload) {
    requireAllowedSize(payload);
    return Optional.of(claims.locate(context, payload, context.getContent(payload).getSha256()));
  }

  @Override
  public StorageDriverClaim parseClaim(StorageDriverClaim claim) {
    return claims.locate(claim);
  }

  /**
   * Returns the namespace in the claim's key; empty if the key has none, or has {@code null} in its
   * place.
   *
   * @throws StorageException as {@link #parseClaim} does
   */
  @Override
  public Optional<String> getNamespace(StorageDriverClaim claim) {
    return claims.locate(claim).key().getNamespace();
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

  /** The name and where payloads are stored, for logs. */
  @Override
  public String toString() {
    return "%s [%s, %s]".formatted(name, buckets, location);
  }

  private void requireAllowedSize(Payload payload) {
    int size = payload.getSerializedSize();
    if (size > maxPayloadSize) {
      throw new StorageException(
          Reason.TOO_LARGE,
          "S3 store rejected: a payload of %s bytes exceeds the maximum of %s bytes of the storage driver '%s'; make the payload smaller, split it, or raise maxPayloadSize"
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
    private int maxKeySegmentLength = StorageKeyLayout.DEFAULT_MAX_LENGTH;
    private boolean standardClaimsOnly;
    private Duration stallTimeout = Duration.ofSeconds(4);

    private Builder() {}

    /**
     * Sets the client. It remains owned by the caller, who closes it when the driver is no longer
     * used. Required.
     *
     * <p>Regardless of the client's configuration, each request is sent once, without {@code
     * Expect: 100-continue} and without the client's own checksums, and a response that belongs to
     * another request makes it fail. {@code multipartEnabled} has no effect: every object is sent
     * in one request. If another client wraps a client with {@code multipartEnabled}, objects over
     * its threshold can't be stored.
     *
     * <p>A client on the AWS CRT ({@code S3AsyncClient.crtBuilder()}) is an exception: it still
     * retries requests, and it uploads large objects in parts, for which S3 can't verify the
     * driver's SHA-256. Set its {@code thresholdInBytes} above the driver's {@code maxPayloadSize}.
     */
    public Builder setClient(S3AsyncClient s3Client) {
      client = MultipartClients.unwrap(requireNonNull(s3Client, "s3Client"));
      return this;
    }

    /**
     * Sets the bucket to store to and retrieve from: its name, or the ARN of an access point or
     * multi-region access point. Required unless {@link #setBucketSelector} is called; each of the
     * two replaces what the other set.
     *
     * @throws IllegalArgumentException if no bucket can have that name
     */
    public Builder setBucket(String bucket) {
      return setBucketSelector((context, payload) -> bucket, Set.of(bucket));
    }

    /**
     * Sets a selector that chooses the bucket for each payload. Required unless {@link #setBucket}
     * is called.
     *
     * @param selector returns one of the buckets for each payload
     * @param buckets all buckets that the selector may return; payloads can also be retrieved from
     *     them. Not empty
     * @throws IllegalArgumentException if there are no buckets, or no bucket can have one of the
     *     names
     */
    public Builder setBucketSelector(S3BucketSelector selector, Collection<String> buckets) {
      checkArgument(!buckets.isEmpty(), "buckets must not be empty");
      bucketSelector = requireNonNull(selector, "selector");
      storingBuckets = S3BucketNames.require(buckets);
      return this;
    }

    /**
     * Sets further buckets that payloads can be retrieved from. Nothing is stored in them. Default:
     * none.
     *
     * @throws IllegalArgumentException if no bucket can have one of the names
     */
    public Builder setReadOnlyBuckets(Collection<String> buckets) {
      readOnlyBuckets = S3BucketNames.require(buckets);
      return this;
    }

    /**
     * Sets aliases for buckets that have moved: if a claim names a key of this map as its bucket,
     * the payload is retrieved from the bucket in the value. A former bucket can't also be a bucket
     * to store to or a read-only bucket. Default: none.
     *
     * @param presentByFormer maps each bucket that claims name to the bucket to read from
     * @throws IllegalArgumentException if no bucket can have one of the names
     */
    public Builder setBucketAliases(Map<String, String> presentByFormer) {
      S3BucketNames.require(presentByFormer.keySet());
      S3BucketNames.require(presentByFormer.values());
      bucketAliases = Map.copyOf(presentByFormer);
      return this;
    }

    /**
     * Sets a customizer for each PutObject request. Default: {@link S3PutObjectCustomizer#none()}.
     */
    public Builder setPutObjectCustomizer(S3PutObjectCustomizer putObjectCustomizer) {
      customizer = requireNonNull(putObjectCustomizer, "putObjectCustomizer");
      return this;
    }

    /**
     * Sets the driver's name, which is written to references and must be unique among the drivers
     * of a storage. A second S3 driver needs another name than the default; the workers of all SDKs
     * must then use the same name. Not blank. Default: {@value #TYPE}.
     *
     * @throws IllegalArgumentException if blank
     */
    public Builder setName(String driverName) {
      checkArgument(!driverName.isBlank(), "name must not be blank");
      name = driverName;
      return this;
    }

    /**
     * Sets the maximum size of a serialized payload, in bytes, both for storing and for retrieving.
     * To raise it, start with the processes that retrieve payloads. Don't lower it while larger
     * payloads are still referenced. At least 1. Default: {@value #DEFAULT_MAX_PAYLOAD_SIZE} (50
     * MiB), as in the other SDKs.
     *
     * @throws IllegalArgumentException if less than 1
     */
    public Builder setMaxPayloadSize(int bytes) {
      checkArgument(bytes >= 1, "maxPayloadSize must be at least 1, not %s", bytes);
      maxPayloadSize = bytes;
      return this;
    }

    /**
     * Sets the maximum length of a percent-encoded segment of an object key (the part between two
     * slashes), in bytes, for servers that limit it: 255 for SeaweedFS. Keys with a longer segment
     * are shortened in the same way as keys over 1,024 bytes. Retrieving is not affected. At least
     * 64, the length of a hash. Default: 1,024, which adds no limit.
     *
     * @throws IllegalArgumentException if less than 64
     */
    public Builder setMaxKeySegmentLength(int bytes) {
      checkArgument(bytes >= 64, "maxKeySegmentLength must be at least 64, not %s", bytes);
      maxKeySegmentLength = bytes;
      return this;
    }

    /**
     * Sets whether claims are written with the four standard entries only, as the Go and Python
     * SDKs write them: {@code bucket}, {@code key}, {@code hash_algorithm} and {@code hash_value}.
     * TypeScript's driver (1.22) can't read these. By default, claims therefore also have its
     * entries {@code hashAlgorithm} and {@code hashValue}, about 110 bytes. Retrieving is not
     * affected: claims with either or both are read. Default: false.
     */
    public Builder setStandardClaimsOnly(boolean standardOnly) {
      standardClaimsOnly = standardOnly;
      return this;
    }

    /**
     * Sets how long a request may make no progress before it is aborted: no byte of the response
     * arrives, and no part of the request body is sent. An aborted request counts as retryable.
     * Positive. Default: 4 s. The last attempt starts at most 6 s after the first (see {@link
     * io.github.externalstorage.options.StorageRetryOptions}), so it ends within the 10 s of
     * Temporal's workflow task timeout.
     *
     * <p>A sent body may still be in the buffers of the kernel or of a proxy, on a link that all
     * requests of the driver share. A request therefore gets extra time: the time that all data
     * which was sent, but not yet responded to, takes at 256 KiB per second. A single request of
     * 300 KiB, for example, is aborted after 5.2 s. The extra time ends when requests that started
     * later have been completed and have transferred more than their fair share.
     *
     * <p>A response must arrive at 256 KiB per second, shared by all active requests, or it is
     * aborted when it lags behind by more than this timeout. Time spent waiting for a connection of
     * the client does not count.
     *
     * @throws IllegalArgumentException if not positive
     */
    public Builder setStallTimeout(Duration timeout) {
      checkArgument(
          timeout.compareTo(Duration.ZERO) > 0, "stallTimeout must be positive, not %s", timeout);
      stallTimeout = timeout;
      return this;
    }

    /**
     * Builds the driver.
     *
     * @throws IllegalStateException if there is no client or no bucket, or the AWS SDK on the class
     *     path is older than 2.30
     * @throws IllegalArgumentException if an alias is also one of the other buckets
     */
    public S3StorageDriver build() {
      AwsSdk.requireSupported();
      if (client == null) {
        throw new IllegalStateException(
            "An S3 storage driver needs a client: call setClient, with your own client or one from"
                + " S3StorageClientBuilder");
      }
      if (bucketSelector == null) {
        throw new IllegalStateException(
            "An S3 storage driver needs a bucket: call setBucket or setBucketSelector");
      }
      Buckets buckets =
          new Buckets(bucketSelector::selectBucket, storingBuckets, readOnlyBuckets, bucketAliases);
      return new S3StorageDriver(this, client, buckets);
    }
  }
}
