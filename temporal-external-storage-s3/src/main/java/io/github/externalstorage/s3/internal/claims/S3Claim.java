package io.github.externalstorage.s3.internal.claims;

import com.google.common.hash.HashCode;
import io.github.externalstorage.driver.StorageDriverClaim;
import java.util.Map;

/** A validated claim: it names an object that the driver is allowed to read. Immutable. */
public final class S3Claim extends StorageDriverClaim {

  private final S3ClaimFormat format;
  private final String bucket;
  private final S3ObjectKey key;
  private final HashCode sha256;

  /**
   * @param format the format that the claim was validated by
   */
  S3Claim(
      Map<String, String> claimData,
      S3ClaimFormat format,
      String bucket,
      S3ObjectKey key,
      HashCode sha256) {
    super(claimData);
    this.format = format;
    this.bucket = bucket;
    this.key = key;
    this.sha256 = sha256;
  }

  boolean isOf(S3ClaimFormat other) {
    return format == other;
  }

  /** The bucket that the object is in now: its name, or the ARN of an access point. */
  public String bucket() {
    return bucket;
  }

  public S3ObjectKey key() {
    return key;
  }

  /** The hash of the object's content. */
  public HashCode sha256() {
    return sha256;
  }
}
