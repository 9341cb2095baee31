package io.github.externalstorage.cli.plan;

import io.github.externalstorage.driver.BucketSettings;
import io.github.externalstorage.driver.BucketVersioning;
import io.github.externalstorage.driver.StorageBucket;
import io.github.externalstorage.lifecycle.plan.BucketPlan;

/**
 * A lifecycle rule for the payloads in a bucket.
 *
 * @param days the age at which objects are deleted
 * @param versioned whether the bucket has, or may have, former versions
 */
record LifecycleRule(StorageBucket bucket, int days, boolean versioned) {

  static final String ID = "temporal-external-storage";
  static final String PREFIX = "v0/";

  /** How long a deleted object can be restored. */
  static final int NONCURRENT_DAYS = 7;

  /** Payloads are uploaded in one request, so these are of other programs. */
  static final int INCOMPLETE_UPLOAD_DAYS = 7;

  static LifecycleRule of(BucketPlan plan, int days) {
    BucketVersioning versioning =
        plan.settings().map(BucketSettings::versioning).orElse(BucketVersioning.UNKNOWN);
    return new LifecycleRule(plan.bucket(), days, versioning != BucketVersioning.OFF);
  }
}
