package io.github.externalstorage.gcs;

import static com.google.common.base.Preconditions.checkArgument;
import static java.util.Objects.requireNonNull;

import com.google.auth.Credentials;
import io.github.externalstorage.driver.CancellationToken;
import io.github.externalstorage.driver.ObjectStore;
import io.github.externalstorage.driver.PayloadContent;
import io.github.externalstorage.driver.StorageBuckets;
import io.github.externalstorage.driver.StorageDriver;
import io.github.externalstorage.driver.StorageDriverClaim;
import io.github.externalstorage.driver.StorageDriverRetrieveContext;
import io.github.externalstorage.driver.StorageDriverStoreContext;
import io.github.externalstorage.driver.StorageException;
import io.github.externalstorage.driver.StorageException.Reason;
import io.github.externalstorage.driver.StoredObject;
import io.github.externalstorage.driver.StoredObjects;
import io.github.externalstorage.gcs.internal.claims.GcsClaims;
import io.github.externalstorage.gcs.internal.objects.GcsBuckets;
import io.github.externalstorage.gcs.internal.objects.GcsDescription;
import io.github.externalstorage.gcs.internal.objects.GcsObjectStore;
import io.github.externalstorage.gcs.internal.payloads.GcsDownload;
import io.github.externalstorage.gcs.internal.payloads.GcsUpload;
import io.github.externalstorage.gcs.internal.requests.GcsAuthorization;
import io.github.externalstorage.gcs.internal.requests.GcsCall;
import io.github.externalstorage.gcs.internal.requests.GcsClient;
import io.github.externalstorage.gcs.internal.requests.GcsEndpoint;
import io.github.externalstorage.gcs.internal.requests.GcsOperation;
import io.github.externalstorage.internal.futures.Futures;
import io.github.externalstorage.internal.objects.Buckets;
import io.github.externalstorage.internal.objects.ObjectClaim;
import io.github.externalstorage.internal.transfers.StallDetector;
import io.temporal.api.common.v1.Payload;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Stores payloads in Google Cloud Storage, in the layout that the official Temporal SDKs share:
 * what one SDK stores, any other can retrieve if its driver has the same name.
 *
 * <p>An object's key consists of the workflow or activity that the payload belongs to and of the
 * content's hash, such as {@code v0/ns/{namespace}/wt/{type}/wi/{id}/ri/{run}/d/sha256/{hash}}. A
 * key over 1,024 bytes is shortened to {@code v0/ns/{namespace}/d/sha256/{hash}}. The drivers of
 * Go, Python and TypeScript each require different entries in a claim; claims are written with all
 * of them, and read with any. Claims are accepted only for the configured buckets and for keys
 * under {@code v0/}.
 *
 * <p><b>Requests.</b> The driver calls the JSON API with the JDK's HTTP client. Storing is one
 * unconditional upload. It can safely be repeated, and resets the object's age. The request
 * includes the content's CRC32C, which Google verifies before it stores the object; the response
 * must repeat bucket, key, size and checksum. Retrieving is one download; the content is verified
 * against the SHA-256 in the claim.
 *
 * <p><b>Permissions</b>: {@code storage.objects.create} and {@code storage.objects.get}, and {@code
 * storage.objects.delete}, which Google requires for writing an object again; all are in the role
 * Storage Object User. The bucket must have no retention policy. Google limits writes to the same
 * object to one per second; further writes are rejected, and retried.
 *
 * <p><b>Failures</b> name the operation, bucket, key, endpoint, and the error that Google returned.
 * Each request is sent only once, because {@link io.github.externalstorage.ExternalStorage} retries
 * it; only a download whose idle connection was just closed is sent again by the JDK's client. Two
 * failures count as retryable although they are usually permanent: an object that does not exist,
 * and an object whose hash does not match, since it may have been damaged in transit.
 *
 * <p><b>Timeouts.</b> A request that stalls or is too slow is aborted, see {@link
 * Builder#setStallTimeout}, so that it can be retried before a workflow task times out. Cancelling
 * aborts the HTTP request.
 *
 * <p>Thread-safe. {@link #close()} does nothing: credentials and client remain owned by the caller.
 */
public final class GcsStorageDriver implements StorageDriver {

  /** The {@linkplain #getType() type} of the driver, and its default name. */
  public static final String TYPE = "gcp.gcsdriver";

  /** The default of {@link Builder#setMaxPayloadSize}, in bytes: 50 MiB. */
  public static final int DEFAULT_MAX_PAYLOAD_SIZE = 50 * 1024 * 1024;

  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);

  private final GcsClient client;
  private final GcsEndpoint endpoint;
  private final Buckets buckets;
  private final GcsClaims claims;
  private final GcsObjectStore objectStore;
  private final GcsBuckets storageBuckets;
  private final String name;
  private final int maxPayloadSize;

  private GcsStorageDriver(Builder builder, GcsClient client, Buckets buckets) {
    this.client = client;
    this.buckets = buckets;
    endpoint = builder.endpoint;
    claims = new GcsClaims(buckets);
    objectStore = new GcsObjectStore(client, endpoint, buckets);
    storageBuckets = new GcsBuckets(client, endpoint, buckets, claims);
    name = builder.name;
    maxPayloadSize = builder.maxPayloadSize;
  }

  /** Returns a builder with the defaults. */
  public static Builder newBuilder() {
    return new Builder();
  }

  @Override
  public CompletableFuture<StorageDriverClaim> store(
      StorageDriverStoreContext context, Payload payload) {
    return started(
        context.getCancellationToken(),
        () -> {
          requireAllowedSize(payload);
          PayloadContent content = context.getContent(payload);
          ObjectClaim object = claims.locate(context, payload, content.getSha256());
          GcsCall call = new GcsCall(GcsOperation.STORE, object, endpoint);
          return new GcsUpload(call, object, context, content).start(client);
        });
  }

  @Override
  public CompletableFuture<Payload> retrieve(
      StorageDriverRetrieveContext context, StorageDriverClaim claim) {
    return started(
        context.getCancellationToken(),
        () -> {
          ObjectClaim object = claims.locate(claim);
          GcsCall call = new GcsCall(GcsOperation.RETRIEVE, object, endpoint);
          return new GcsDownload(client, call, object.key().getSha256(), maxPayloadSize, context)
              .start();
        });
  }

  /** Describes an object with one request, which requires {@code storage.objects.get}. */
  @Override
  public Optional<StoredObjects> getStoredObjects() {
    return Optional.of(this::describe);
  }

  private CompletableFuture<StoredObject> describe(StorageDriverClaim claim) {
    return Futures.call(
        () -> {
          GcsCall call = new GcsCall(GcsOperation.DESCRIBE, claims.locate(claim), endpoint);
          return new GcsDescription(client, call).start();
        });
  }

  /**
   * Reads the lifecycle rules and the versioning of a bucket, which requires {@code
   * storage.buckets.get}. A rule with conditions that can't be checked, such as a suffix, counts as
   * one that applies.
   */
  @Override
  public Optional<StorageBuckets> getStorageBuckets() {
    return Optional.of(storageBuckets);
  }

  /**
   * Lists and deletes the objects of the buckets.
   *
   * <ul>
   *   <li>{@link ObjectStore#listObjects} lists up to 1,000 objects and prefixes with one request,
   *       which requires {@code storage.objects.list}.
   *   <li>{@link ObjectStore#deleteObject} deletes the generation that was listed, and no other:
   *       Google compares and deletes in one step. Requires {@code storage.objects.get} and {@code
   *       storage.objects.delete}.
   *   <li>A deleted object can be restored if the bucket has object versioning or soft delete. The
   *       driver determines that by looking for the first object that it deleted in each bucket.
   *   <li>{@link ObjectStore#restoreObject} brings an object back as a new generation: by copying a
   *       noncurrent one, which requires {@code storage.objects.get} and {@code
   *       storage.objects.create}, or by restoring a soft-deleted one, which also requires {@code
   *       storage.objects.restore}.
   * </ul>
   */
  @Override
  public Optional<ObjectStore> getObjectStore() {
    return Optional.of(objectStore);
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

  /**
   * Checks a claim, and returns it with the entries for every SDK.
   *
   * @throws StorageException with {@link StorageException.Reason#INVALID_CLAIM} if the claim is
   *     malformed, its entries contradict each other, or its bucket is not configured
   */
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
    return "%s [%s%s]".formatted(name, buckets, endpoint);
  }

  private void requireAllowedSize(Payload payload) {
    int size = payload.getSerializedSize();
    if (size > maxPayloadSize) {
      throw new StorageException(
          Reason.TOO_LARGE,
          "GCS store rejected: a payload of %s bytes exceeds the maximum of %s bytes of the storage driver '%s'; make the payload smaller, split it, or raise maxPayloadSize"
              .formatted(size, maxPayloadSize, name));
    }
  }

  /**
   * Builds a {@link GcsStorageDriver}. Credentials and a bucket, or a bucket selector, are
   * required. Not thread-safe.
   */
  public static final class Builder {

    private @Nullable Credentials credentials;
    private @Nullable HttpClient httpClient;
    private GcsEndpoint endpoint = GcsEndpoint.GOOGLE;
    private @Nullable GcsBucketSelector bucketSelector;
    private Set<String> storingBuckets = Set.of();
    private Set<String> readOnlyBuckets = Set.of();
    private Map<String, String> bucketAliases = Map.of();
    private String name = TYPE;
    private int maxPayloadSize = DEFAULT_MAX_PAYLOAD_SIZE;
    private Duration stallTimeout = Duration.ofSeconds(4);

    private Builder() {}

    /**
     * Sets the credentials: usually {@code GoogleCredentials} of {@code
     * com.google.auth:google-auth-library-oauth2-http}, with the scope {@code
     * https://www.googleapis.com/auth/devstorage.read_write}. They may block, since they are called
     * only on threads of the driver. They must be thread-safe. Required, except for an emulator
     * whose address is set with {@link #setEndpoint}.
     */
    public Builder setCredentials(Credentials googleCredentials) {
      credentials = requireNonNull(googleCredentials, "googleCredentials");
      return this;
    }

    /**
     * Sets the HTTP client, for a proxy, a trust store or an executor of your own. It must not
     * follow redirects, which would pass on the credentials. Requests use HTTP/1.1. Default: a
     * client with a connect timeout of 2 s and otherwise the JDK's defaults.
     *
     * <p>The JDK keeps idle connections for {@code jdk.httpclient.keepalive.timeout} seconds (a
     * system property; 1,200 s before JDK 20, then 30 s). Lower it if something on the way, such as
     * a NAT gateway, drops idle connections earlier and without notice.
     *
     * @throws IllegalArgumentException if the client follows redirects
     */
    public Builder setHttpClient(HttpClient client) {
      checkArgument(
          client.followRedirects() == HttpClient.Redirect.NEVER,
          "httpClient must not follow redirects, since it would pass on the credentials; build it"
              + " with followRedirects(NEVER), the default");
      httpClient = client;
      return this;
    }

    /**
     * Sets the endpoint, such as {@code http://localhost:4443} for an emulator, or {@code
     * https://storage.REGION.rep.googleapis.com} for a regional one. Credentials are sent by {@code
     * https} only, or to a loopback address. Default: {@code https://storage.googleapis.com}.
     *
     * @throws IllegalArgumentException if not an http or https URL, or if it has user info, a query
     *     or a fragment
     */
    public Builder setEndpoint(URI uri) {
      endpoint = GcsEndpoint.of(uri);
      return this;
    }

    /**
     * Sets the name of the bucket to store to and retrieve from. Required unless {@link
     * #setBucketSelector} is called; each of the two replaces what the other set.
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
    public Builder setBucketSelector(GcsBucketSelector selector, Collection<String> buckets) {
      checkArgument(!buckets.isEmpty(), "buckets must not be empty");
      bucketSelector = requireNonNull(selector, "selector");
      storingBuckets = Buckets.requireNames(buckets);
      return this;
    }

    /**
     * Sets further buckets that payloads can be retrieved from. Nothing is stored in them. Default:
     * none.
     *
     * @throws IllegalArgumentException if no bucket can have one of the names
     */
    public Builder setReadOnlyBuckets(Collection<String> buckets) {
      readOnlyBuckets = Buckets.requireNames(buckets);
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
      Buckets.requireNames(presentByFormer.keySet());
      Buckets.requireNames(presentByFormer.values());
      bucketAliases = Map.copyOf(presentByFormer);
      return this;
    }

    /**
     * Sets the driver's name, which is written to references and must be unique among the drivers
     * of a storage. A second driver for Google Cloud Storage needs another name than the default;
     * the workers of all SDKs must then use the same name. Not blank. Default: {@value #TYPE}.
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
     * Sets how long a request may make no progress before it is aborted: no token, connection or
     * byte of the response arrives, and no part of the request body is sent. An aborted request
     * counts as retryable. Positive. Default: 4 s. The last attempt starts at most 6 s after the
     * first (see {@link io.github.externalstorage.options.StorageRetryOptions}), so it ends within
     * the 10 s of Temporal's workflow task timeout.
     *
     * <p>A sent body may still be in the buffers of the kernel or of a proxy, on a link that all
     * requests of the driver share. A request therefore gets extra time: the time that all data
     * which was sent, but not yet responded to, takes at 256 KiB per second. The extra time ends
     * when requests that started later have been completed and have transferred more than their
     * fair share. A response must arrive at 256 KiB per second, shared by all active requests, or
     * it is aborted when it lags behind by more than this timeout.
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
     * @throws IllegalStateException if there is no bucket, there are no credentials for Google's
     *     endpoint, or credentials would be sent unencrypted
     * @throws IllegalArgumentException if an alias is also one of the other buckets
     */
    public GcsStorageDriver build() {
      GcsBucketSelector selector = bucketSelector;
      if (selector == null) {
        throw new IllegalStateException(
            "A GCS storage driver needs a bucket: call setBucket or setBucketSelector");
      }
      if (credentials == null && endpoint.equals(GcsEndpoint.GOOGLE)) {
        throw new IllegalStateException(
            "A GCS storage driver needs credentials: call setCredentials, or setEndpoint for an"
                + " emulator");
      }
      if (credentials != null && !endpoint.isPrivate()) {
        throw new IllegalStateException(
            "Credentials would be sent unencrypted to %s; use an https endpoint, or no credentials"
                .formatted(endpoint.base()));
      }
      HttpClient http =
          httpClient != null
              ? httpClient
              : HttpClient.newBuilder().connectTimeout(CONNECT_TIMEOUT).build();
      return new GcsStorageDriver(
          this,
          new GcsClient(
              http,
              new GcsAuthorization(credentials),
              new StallDetector(stallTimeout, System.nanoTime())),
          new Buckets(selector::selectBucket, storingBuckets, readOnlyBuckets, bucketAliases));
    }
  }
}
