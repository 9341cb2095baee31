package io.github.externalstorage.gcs.internal.claims;

import io.github.externalstorage.driver.StorageDriverClaim;
import io.github.externalstorage.driver.StorageDriverStoreContext;
import io.github.externalstorage.driver.StorageException;
import io.github.externalstorage.driver.StorageException.Reason;
import io.github.externalstorage.internal.objects.Buckets;
import io.github.externalstorage.internal.text.Quoted;
import io.temporal.api.common.v1.Payload;

/** Determines the object that a payload is stored as, and the object that a claim refers to. */
public final class GcsObjectLocator {

  private final Buckets buckets;
  private final GcsClaimFormat format;

  public GcsObjectLocator(Buckets buckets) {
    this.buckets = buckets;
    format = new GcsClaimFormat(buckets);
  }

  /**
   * Returns the claim of the object that a payload is to be stored as.
   *
   * @param sha256 the hash of the payload's content
   * @throws StorageException if the payload can't be stored as an object
   */
  public GcsClaim locate(StorageDriverStoreContext context, Payload payload, String sha256) {
    String bucket = buckets.select(context, payload);
    try {
      return format.create(bucket, GcsObjectKey.create(context.getTarget(), sha256));
    } catch (IllegalArgumentException e) {
      throw new StorageException(
          Reason.MISCONFIGURED,
          "GCS store failed [bucket=%s]: %s; use a shorter namespace, and names in valid Unicode"
              .formatted(bucket, e.getMessage()));
    }
  }

  /**
   * Checks a claim and returns it as the driver writes it.
   *
   * @throws StorageException if the claim is malformed or names a bucket that is not configured
   */
  public GcsClaim locate(StorageDriverClaim claim) {
    try {
      return format.parse(claim);
    } catch (IllegalArgumentException e) {
      throw new StorageException(
          Reason.INVALID_CLAIM,
          "GCS retrieve rejected [bucket=%s, key=%s]: %s"
              .formatted(
                  Quoted.of(claim.getClaimData().getOrDefault("bucket", "")),
                  Quoted.of(GcsClaimFormat.keyIn(claim)),
                  e.getMessage()));
    }
  }
}
