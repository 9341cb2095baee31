package io.github.externalstorage.internal.objects;

import io.github.externalstorage.driver.StorageDriverClaim;
import io.github.externalstorage.driver.StorageKey;
import java.util.Map;

/** A checked claim: it names an object that the driver is allowed to read. Immutable. */
public final class ObjectClaim extends StorageDriverClaim {

  private final ObjectClaims checker;
  private final String bucket;
  private final StorageKey key;

  ObjectClaim(Map<String, String> claimData, ObjectClaims checker, String bucket, StorageKey key) {
    super(claimData);
    this.checker = checker;
    this.bucket = bucket;
    this.key = key;
  }

  boolean isCheckedBy(ObjectClaims claims) {
    return checker == claims;
  }

  /** The bucket that the object is in now. */
  public String bucket() {
    return bucket;
  }

  /** The key, which ends in the hash of the object's content. */
  public StorageKey key() {
    return key;
  }
}
