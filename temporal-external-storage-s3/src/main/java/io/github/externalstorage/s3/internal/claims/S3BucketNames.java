package io.github.externalstorage.s3.internal.claims;

import static com.google.common.base.Preconditions.checkArgument;

import io.github.externalstorage.internal.objects.BucketName;
import io.github.externalstorage.internal.text.Quoted;
import java.util.Collection;
import java.util.Set;
import java.util.regex.Pattern;

/** What the AWS SDK takes for a bucket: a name, an alias, or the ARN of an access point. */
public final class S3BucketNames {

  private static final String ARN = "arn:";

  private static final Pattern ACCESS_POINT =
      Pattern.compile(
          "arn:[a-z0-9-]+:s3[a-z-]*:[a-z0-9-]*:[0-9]*:(accesspoint|outpost)[/:][A-Za-z0-9._:/-]+");

  private S3BucketNames() {}

  /**
   * Returns an immutable copy.
   *
   * @throws IllegalArgumentException if one can't be a bucket
   */
  public static Set<String> require(Collection<String> buckets) {
    buckets.forEach(S3BucketNames::require);
    return Set.copyOf(buckets);
  }

  private static void require(String bucket) {
    if (!bucket.startsWith(ARN)) {
      BucketName.require(bucket);
      return;
    }
    checkArgument(
        ACCESS_POINT.matcher(bucket).matches(),
        "bucket must be a bucket's name or the ARN of an access point, such as"
            + " arn:aws:s3:eu-central-1:123456789012:accesspoint/payloads, not %s; for the ARN of a"
            + " bucket, set the bucket's name instead",
        Quoted.of(bucket));
  }
}
