package io.github.externalstorage.driver;

import com.google.common.hash.Hashing;
import com.google.protobuf.ByteString;
import com.google.protobuf.CodedInputStream;
import io.github.externalstorage.driver.StorageException.Reason;
import io.github.externalstorage.internal.pipeline.PayloadSizeLimit;
import io.github.externalstorage.internal.text.Quoted;
import io.temporal.api.common.v1.Payload;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

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
public final class InMemoryStorageDriver extends SinglePayloadStorageDriver {

  /** The {@linkplain #getType() type}, and the name unless another is set. */
  public static final String TYPE = "in-memory";

  private static final Pattern KEY = Pattern.compile("([^/]*)/[^/]*/([0-9a-f]{64})");
  private static final String HASH_ALGORITHM = "sha256";

  private final ConcurrentMap<String, ByteString> objects = new ConcurrentHashMap<>();
  private final String name;
  private final long maxPayloadSize;

  private InMemoryStorageDriver(Builder builder) {
    name = builder.name;
    maxPayloadSize = builder.maxPayloadSize;
  }

  /** A builder with the defaults. */
  public static Builder newBuilder() {
    return new Builder();
  }

  /**
   * The serialized payloads by their keys. This is what the driver itself works on: a test that
   * removes or replaces an object here lets the driver fail as it would with a broken storage.
   */
  public ConcurrentMap<String, ByteString> getObjects() {
    return objects;
  }

  @Override
  protected CompletableFuture<StorageDriverClaim> storePayload(
      StorageDriverStoreContext context, Payload payload) {
    PayloadSizeLimit.check(this, payload);
    ByteString object = payload.toByteString();
    StorageDriverClaim claim = context.getClaim(payload).orElseGet(() -> claim(context, object));
    objects.put(parse(claim).group(), object);
    return CompletableFuture.completedFuture(claim);
  }

  @Override
  public Optional<StorageDriverClaim> getClaim(StorageDriverStoreContext context, Payload payload) {
    return Optional.of(claim(context, payload.toByteString()));
  }

  private static StorageDriverClaim claim(StorageDriverStoreContext context, ByteString object) {
    String hash = sha256(object);
    String key = context.getTarget().map(InMemoryStorageDriver::prefix).orElse("//") + hash;
    return new StorageDriverClaim(
        Map.of("key", key, "hash_algorithm", HASH_ALGORITHM, "hash_value", hash));
  }

  @Override
  protected CompletableFuture<Payload> retrievePayload(
      StorageDriverRetrieveContext context, StorageDriverClaim claim) {
    Matcher key = parse(claim);
    ByteString object = objects.get(key.group());
    if (object == null) {
      throw failure(Reason.NOT_FOUND, "there is no object " + Quoted.of(key.group()));
    }
    if (!sha256(object).equals(key.group(2))) {
      throw failure(Reason.CORRUPTED, "the SHA-256 of " + Quoted.of(key.group()) + " is another");
    }
    try {
      CodedInputStream input = object.newCodedInput();
      // The payload's data then is a view of the object instead of a copy.
      input.enableAliasing(true);
      Payload payload = Payload.parseFrom(input);
      input.checkLastTagWas(0);
      return CompletableFuture.completedFuture(payload);
    } catch (IOException e) {
      throw failure(Reason.CORRUPTED, Quoted.of(key.group()) + " is not a payload");
    }
  }

  @Override
  public void validateClaim(StorageDriverClaim claim) {
    parse(claim);
  }

  @Override
  public Optional<String> getNamespace(StorageDriverClaim claim) {
    String namespace = parse(claim).group(1);
    return namespace.isEmpty()
        ? Optional.empty()
        : Optional.of(namespace.replace("~1", "/").replace("~0", "~"));
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

  private static String sha256(ByteString object) {
    return Hashing.sha256().hashBytes(object.asReadOnlyByteBuffer()).toString();
  }

  private static String prefix(StorageDriverTargetInfo target) {
    return segment(target.namespace()) + "/" + segment(target.id()) + "/";
  }

  private static String segment(@Nullable String part) {
    return part == null ? "" : part.replace("~", "~0").replace("/", "~1");
  }

  private Matcher parse(StorageDriverClaim claim) {
    Map<String, String> data = claim.claimData();
    Matcher key = KEY.matcher(data.getOrDefault("key", ""));
    if (!key.matches()
        || !HASH_ALGORITHM.equals(data.get("hash_algorithm"))
        || !key.group(2).equals(data.get("hash_value"))) {
      throw failure(Reason.INVALID_CLAIM, "the claim is not one that it wrote");
    }
    return key;
  }

  private StorageException failure(Reason reason, String problem) {
    return new StorageException(
        reason, "The storage driver '" + name + "' can't retrieve: " + problem);
  }

  /** Builds an {@link InMemoryStorageDriver}. Not thread-safe. */
  public static final class Builder {

    private String name = TYPE;
    private long maxPayloadSize = Long.MAX_VALUE;

    private Builder() {}

    /**
     * The name under which references find the driver again. Not blank. Default: {@value #TYPE}.
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
     * The largest payload that is stored, in bytes of its serialized form. Positive. Default: no
     * limit.
     *
     * @throws IllegalArgumentException if not positive
     */
    public Builder setMaxPayloadSize(long bytes) {
      if (bytes <= 0) {
        throw new IllegalArgumentException("maxPayloadSize must be positive: " + bytes);
      }
      maxPayloadSize = bytes;
      return this;
    }

    /** Builds a driver with no objects. */
    public InMemoryStorageDriver build() {
      return new InMemoryStorageDriver(this);
    }
  }
}
