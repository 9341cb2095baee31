package io.github.externalstorage.driver;

import static com.google.common.base.Preconditions.checkArgument;
import static java.util.Objects.requireNonNull;

import com.google.common.hash.Hashing;
import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.github.externalstorage.driver.StorageException.Reason;
import io.temporal.api.common.v1.Payload;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Keeps payloads in the memory of this process, for tests: nothing is ever evicted, and no other
 * process can read it. Thread-safe.
 *
 * <p>An object's key is {@code {namespace}/{id}/{sha256}}: the target's namespace and id, empty
 * where they are unknown, and the hash of the serialized payload. So payloads of the same bytes and
 * target are one object. In namespace and id, {@code ~} is written {@code ~0} and {@code /} is
 * written {@code ~1}, as in a JSON Pointer (RFC 6901). The claim holds {@code key}, {@code
 * hash_algorithm} = {@code sha256} and {@code hash_value}.
 */
public final class InMemoryStorageDriver implements StorageDriver {

  /** The {@linkplain #getType() type}, and the name unless another is set. */
  public static final String TYPE = "in-memory";

  private static final Pattern KEY = Pattern.compile("([^/]*)/[^/]*/([0-9a-f]{64})");
  private static final String HASH_ALGORITHM = "sha256";

  private final InMemoryObjectStore objects;
  private final String name;
  private final long maxPayloadSize;

  private InMemoryStorageDriver(Builder builder) {
    objects = new InMemoryObjectStore(builder.name, builder.clock, builder.keepsDeletedObjects);
    name = builder.name;
    maxPayloadSize = builder.maxPayloadSize;
  }

  /** A builder with the defaults. */
  public static Builder newBuilder() {
    return new Builder();
  }

  /**
   * The serialized payloads by their keys. The driver uses this map itself: if a test removes or
   * replaces an object, the driver fails as it would with a broken storage.
   */
  public ConcurrentMap<String, ByteString> getObjects() {
    return objects.contents();
  }

  @Override
  public CompletableFuture<StorageDriverClaim> store(
      StorageDriverStoreContext context, Payload payload) {
    if (payload.getSerializedSize() > maxPayloadSize) {
      return CompletableFuture.failedFuture(
          new StorageException(
              Reason.TOO_LARGE,
              "A payload of %s bytes exceeds the maximum of %s bytes of the storage driver '%s'"
                  .formatted(payload.getSerializedSize(), maxPayloadSize, name)));
    }
    context.reportStoredAt(objects.now());
    ByteString object = payload.toByteString();
    ObjectClaim claim = ObjectClaim.of(context, object);
    objects.put(claim.key, object);
    return CompletableFuture.completedFuture(claim);
  }

  @Override
  public Optional<StorageDriverClaim> getClaim(StorageDriverStoreContext context, Payload payload) {
    return Optional.of(ObjectClaim.of(context, payload.toByteString()));
  }

  @Override
  public CompletableFuture<Payload> retrieve(
      StorageDriverRetrieveContext context, StorageDriverClaim claim) {
    try {
      return CompletableFuture.completedFuture(retrieve(parse(claim)));
    } catch (StorageException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  @Override
  public Optional<StoredObjects> getStoredObjects() {
    return Optional.of(this::describe);
  }

  private CompletableFuture<StoredObject> describe(StorageDriverClaim claim) {
    try {
      ByteString object = find(parse(claim));
      return CompletableFuture.completedFuture(
          new StoredObject(object.size(), objects.writtenAt(object)));
    } catch (StorageException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  /**
   * Lists and deletes objects. There is one bucket, which has the driver's name.
   *
   * <ul>
   *   <li>A page of the listing has up to 1,000 objects and prefixes, in the order of Java's
   *       strings.
   *   <li>When an object is deleted, the check and the deletion are one step.
   *   <li>An object can be restored if {@link Builder#setKeepsDeletedObjects} was set.
   * </ul>
   */
  @Override
  public Optional<ObjectStore> getObjectStore() {
    return Optional.of(objects);
  }

  private ByteString find(ObjectClaim claim) {
    ByteString object = objects.contents().get(claim.key);
    if (object == null) {
      throw failure(Reason.NOT_FOUND, "there is no object of the hash " + claim.hash);
    }
    return object;
  }

  private Payload retrieve(ObjectClaim claim) {
    ByteString object = find(claim);
    if (!sha256(object).equals(claim.hash)) {
      throw failure(Reason.CORRUPTED, "the SHA-256 is not " + claim.hash);
    }
    try {
      return PayloadFormat.parse(object);
    } catch (InvalidProtocolBufferException e) {
      throw failure(Reason.CORRUPTED, "the object of the hash " + claim.hash + " is not a payload");
    }
  }

  @Override
  public StorageDriverClaim parseClaim(StorageDriverClaim claim) {
    return parse(claim);
  }

  private ObjectClaim parse(StorageDriverClaim claim) {
    if (claim instanceof ObjectClaim parsed) {
      return parsed;
    }
    Map<String, String> data = claim.getClaimData();
    Matcher key = KEY.matcher(data.getOrDefault("key", ""));
    if (!key.matches()
        || !HASH_ALGORITHM.equals(data.get("hash_algorithm"))
        || !key.group(2).equals(data.get("hash_value"))) {
      throw failure(Reason.INVALID_CLAIM, "the claim is not one that it wrote");
    }
    return new ObjectClaim(data, key.group(1), key.group(2));
  }

  @Override
  public Optional<String> getNamespace(StorageDriverClaim claim) {
    return parse(claim).namespace();
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

  /** The name, for logs. */
  @Override
  public String toString() {
    return name;
  }

  private static String sha256(ByteString object) {
    return Hashing.sha256().hashBytes(object.asReadOnlyByteBuffer()).toString();
  }

  private StorageException failure(Reason reason, String problem) {
    return new StorageException(
        reason, "The storage driver '%s' can't retrieve: %s".formatted(name, problem));
  }

  /** A claim of this driver with what its key says. */
  private static final class ObjectClaim extends StorageDriverClaim {

    private final String key;
    private final String namespace;
    private final String hash;

    private ObjectClaim(Map<String, String> claimData, String namespace, String hash) {
      super(claimData);
      key = claimData.getOrDefault("key", "");
      this.namespace = namespace;
      this.hash = hash;
    }

    private static ObjectClaim of(StorageDriverStoreContext context, ByteString object) {
      String namespace = segment(context.getTarget().map(StorageDriverTargetInfo::namespace));
      String id = segment(context.getTarget().map(StorageDriverTargetInfo::id));
      String hash = sha256(object);
      String key = namespace + "/" + id + "/" + hash;
      return new ObjectClaim(
          Map.of("key", key, "hash_algorithm", HASH_ALGORITHM, "hash_value", hash),
          namespace,
          hash);
    }

    private Optional<String> namespace() {
      return namespace.isEmpty()
          ? Optional.empty()
          : Optional.of(namespace.replace("~1", "/").replace("~0", "~"));
    }

    private static String segment(Optional<String> part) {
      return part.orElse("").replace("~", "~0").replace("/", "~1");
    }
  }

  /** Builds an {@link InMemoryStorageDriver}. Not thread-safe. */
  public static final class Builder {

    private String name = TYPE;
    private long maxPayloadSize = Long.MAX_VALUE;
    private InstantSource clock = InstantSource.system();
    private boolean keepsDeletedObjects;

    private Builder() {}

    /**
     * The name that references find the driver by. Not blank. Default: {@value #TYPE}.
     *
     * @throws IllegalArgumentException if blank
     */
    public Builder setName(String driverName) {
      checkArgument(!driverName.isBlank(), "name must not be blank");
      name = driverName;
      return this;
    }

    /**
     * The largest payload that is stored, in bytes of its serialized form. At least 1. Default: no
     * limit.
     *
     * @throws IllegalArgumentException if less than 1
     */
    public Builder setMaxPayloadSize(long bytes) {
      checkArgument(bytes >= 1, "maxPayloadSize must be at least 1, not %s", bytes);
      maxPayloadSize = bytes;
      return this;
    }

    /**
     * Sets the clock that determines when an object was stored, for tests of what depends on its
     * age. Default: the system's clock.
     */
    public Builder setClock(InstantSource instantSource) {
      clock = requireNonNull(instantSource, "instantSource");
      return this;
    }

    /**
     * Sets whether objects that {@link ObjectStore#deleteObject} deletes can be restored, as in a
     * versioned bucket. They are kept as long as the driver. Default: false.
     */
    public Builder setKeepsDeletedObjects(boolean keepsDeleted) {
      keepsDeletedObjects = keepsDeleted;
      return this;
    }

    /** Builds a driver with no objects. */
    public InMemoryStorageDriver build() {
      return new InMemoryStorageDriver(this);
    }
  }
}
