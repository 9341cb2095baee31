package io.github.externalstorage.s3.internal.claims;

import com.google.common.hash.HashCode;
import io.github.externalstorage.driver.StorageDriverClaim;
import io.github.externalstorage.driver.StorageDriverStoreContext;
import io.github.externalstorage.driver.StorageException;
import io.github.externalstorage.driver.StorageException.Reason;
import io.github.externalstorage.driver.StorageKeyLayout;
import io.github.externalstorage.internal.objects.Buckets;
import io.github.externalstorage.internal.text.Quoted;
import io.temporal.api.common.v1.Payload;

/** Determines the object that a payload is stored as, and the object that a claim refers to. */
public final class S3ObjectLocator {

  private final Buckets buckets;
  private final S3ClaimFormat format;
  private final StorageKeyLayout layout;

  /**
   * @param standardClaimsOnly whether claims are written without the entries in camel case
   * @param maxKeySegmentLength the maximum length of each segment of a key, in bytes
   */
  public S3ObjectLocator(Buckets buckets, boolean standardClaimsOnly, int maxKeySegmentLength) {
    this.buckets = buckets;
    format = new S3ClaimFormat(buckets, standardClaimsOnly);
    layout = StorageKeyLayout.newBuilder().setMaxSegmentLength(maxKeySegmentLength).build();
  }

  /**
   * Returns the claim of the object that a payload is to be stored as.
   *
   * @param sha256 the hash of the payload's content
   * @throws StorageException if the payload can't be stored as an object
   */
  public S3Claim locate(StorageDriverStoreContext context, Payload payload, HashCode sha256) {
    String bucket = buckets.select(context, payload);
    try {
      return format.create(bucket, S3ObjectKey.of(context.getTarget(), sha256, layout), sha256);
    } catch (IllegalArgumentException e) {
      throw new StorageException(
          Reason.MISCONFIGURED,
          "S3 store failed [bucket=%s]: %s; use a namespace with a shorter name"
              .formatted(bucket, e.getMessage()));
    }
  }

  /**
   * Checks a claim and returns it as the driver writes it.
   *
   * @throws StorageException if the claim is malformed or names a bucket that is not configured
   */
  public S3Claim locate(StorageDriverClaim claim) {
    try {
      return format.parse(claim);
    } catch (IllegalArgumentException e) {
      throw new StorageException(
          Reason.INVALID_CLAIM,
          "S3 retrieve rejected [bucket=%s, key=%s]: %s"
              .formatted(
                  Quoted.of(claim.getClaimData().getOrDefault("bucket", "")),
                  Quoted.of(claim.getClaimData().getOrDefault("key", "")),
                  e.getMessage()));
    }
  }
}
