package io.github.externalstorage.gcs.internal.claims;

import io.github.externalstorage.driver.StorageDriverClaim;
import io.github.externalstorage.driver.StorageKey;
import java.util.Map;

/** A validated claim: it names an object that the driver is allowed to read. Immutable. */
public final class GcsClaim extends StorageDriverClaim {

  private final GcsClaimFormat format;
  private final String bucket;
  private final StorageKey key;

  /**
   * @param format the format that the claim was validated by
   * @param bucket the bucket that the object is in now
   */
  GcsClaim(Map<String, String> claimData, GcsClaimFormat format, String bucket, StorageKey key) {
    super(claimData);
    this.format = format;
    this.bucket = bucket;
    this.key = key;
  }

  boolean isOf(GcsClaimFormat other) {
    return format == other;
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
