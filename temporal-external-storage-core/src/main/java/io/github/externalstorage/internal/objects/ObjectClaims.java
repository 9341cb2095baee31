package io.github.externalstorage.internal.objects;

import com.google.common.collect.ImmutableMap;
import io.github.externalstorage.driver.StorageDriverClaim;
import io.github.externalstorage.driver.StorageDriverStoreContext;
import io.github.externalstorage.driver.StorageDriverTargetInfo;
import io.github.externalstorage.driver.StorageException;
import io.github.externalstorage.driver.StorageKey;
import io.github.externalstorage.internal.text.Quoted;
import io.temporal.api.common.v1.Payload;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Writes and checks the claims of one driver. Some entries have another name in each SDK; the hash
 * has its entries in snake case, which Go, Python and Java read, and in camel case, which is all
 * that TypeScript's drivers read. Claims of one object are equal once they are checked, whichever
 * SDK wrote them.
 */
public abstract class ObjectClaims {

  private static final String BUCKET = "bucket";
  private static final List<String> HASH_ALGORITHM = List.of("hash_algorithm", "hashAlgorithm");
  private static final List<String> HASH_VALUE = List.of("hash_value", "hashValue");
  private static final String SHA256 = "sha256";

  private final Buckets buckets;
  private final List<String> keyNames;
  private final boolean standardOnly;

  /**
   * @param keyNames the names of the entries for the key
   * @param standardOnly whether claims are written without the entries in camel case
   */
  protected ObjectClaims(Buckets buckets, List<String> keyNames, boolean standardOnly) {
    this.buckets = buckets;
    this.keyNames = keyNames;
    this.standardOnly = standardOnly;
  }

  /**
   * Creates the key of a payload that is to be stored.
   *
   * @throws IllegalArgumentException if the namespace alone makes the key too long
   */
  protected abstract StorageKey createKey(Optional<StorageDriverTargetInfo> target, String sha256);

  /**
   * Checks a key, which may be forged.
   *
   * @throws IllegalArgumentException if this can't be the key of a stored payload
   */
  protected abstract StorageKey parseKey(String key);

  /** The failure to store a payload, for which there is no key. */
  protected abstract StorageException unstorable(String bucket, IllegalArgumentException problem);

  /**
   * The failure to retrieve a payload by an invalid claim.
   *
   * @param bucket the bucket in the claim, quoted
   * @param key the key in the claim, quoted
   */
  protected abstract StorageException invalid(
      String bucket, String key, IllegalArgumentException problem);

  /**
   * Returns the claim of the object that a payload is to be stored as.
   *
   * @param sha256 the hash of the payload's content
   * @throws StorageException if the payload can't be stored as an object
   */
  public ObjectClaim locate(StorageDriverStoreContext context, Payload payload, String sha256) {
    String bucket = buckets.select(context, payload);
    try {
      StorageKey key = createKey(context.getTarget(), sha256);
      return new ObjectClaim(write(bucket, key), this, bucket, key);
    } catch (IllegalArgumentException e) {
      throw unstorable(bucket, e);
    }
  }

  /**
   * Checks a claim, which may be forged, and returns it as it is written here. A claim that was
   * already checked here is returned unchanged.
   *
   * @throws StorageException if the claim is malformed or names a bucket that is not configured
   */
  public ObjectClaim locate(StorageDriverClaim claim) {
    if (claim instanceof ObjectClaim checked && checked.isCheckedBy(this)) {
      return checked;
    }
    Map<String, String> data = claim.getClaimData();
    try {
      String bucket = read(data, "bucket", List.of(BUCKET));
      StorageKey key = parseKey(read(data, "key", keyNames));
      requireHash(data, key);
      return new ObjectClaim(write(bucket, key), this, buckets.resolve(bucket), key);
    } catch (IllegalArgumentException e) {
      String key = keyNames.stream().map(data::get).filter(Objects::nonNull).findFirst().orElse("");
      throw invalid(Quoted.of(data.getOrDefault(BUCKET, "")), Quoted.of(key), e);
    }
  }

  /**
   * @param meaning what to call the value in messages
   * @param names the names of its entry, at least one of which must be there
   */
  private static String read(Map<String, String> data, String meaning, List<String> names) {
    List<String> values =
        names.stream().map(data::get).filter(Objects::nonNull).distinct().toList();
    if (values.size() > 1) {
      throw new IllegalArgumentException(
          "the claim's entries for its %s contradict each other: %s"
              .formatted(meaning, String.join(", ", names)));
    }
    if (values.isEmpty() || values.get(0).isEmpty()) {
      throw new IllegalArgumentException("the claim has no " + meaning);
    }
    return values.get(0);
  }

  private static void requireHash(Map<String, String> data, StorageKey key) {
    String algorithm = read(data, "hash algorithm", HASH_ALGORITHM);
    if (!algorithm.equals(SHA256)) {
      throw new IllegalArgumentException(
          "the hash algorithm " + Quoted.of(algorithm) + " is not supported, only 'sha256' is");
    }
    if (!read(data, "hash value", HASH_VALUE).equals(key.getSha256())) {
      throw new IllegalArgumentException("the object key does not end in the claim's hash value");
    }
  }

  private Map<String, String> write(String bucket, StorageKey key) {
    int spellings = standardOnly ? 1 : HASH_VALUE.size();
    ImmutableMap.Builder<String, String> data = ImmutableMap.builder();
    data.put(BUCKET, bucket);
    keyNames.forEach(name -> data.put(name, key.getValue()));
    HASH_ALGORITHM.subList(0, spellings).forEach(name -> data.put(name, SHA256));
    HASH_VALUE.subList(0, spellings).forEach(name -> data.put(name, key.getSha256()));
    return data.buildOrThrow();
  }
}
