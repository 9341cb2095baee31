package io.github.externalstorage.s3.internal.objects;

import io.github.externalstorage.driver.ListedObject;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.ObjectVersion;

/**
 * What S3 says of an object that was written, by which one write is told from another.
 *
 * @param eTag the ETag, null if unknown
 * @param lastModified when it was written, null if unknown
 * @param sizeBytes the size in bytes, null if unknown
 */
record S3ObjectVersion(
    @Nullable String eTag, @Nullable Instant lastModified, @Nullable Long sizeBytes) {

  static S3ObjectVersion of(HeadObjectResponse response) {
    return new S3ObjectVersion(response.eTag(), response.lastModified(), response.contentLength());
  }

  static S3ObjectVersion of(ObjectVersion version) {
    return new S3ObjectVersion(version.eTag(), version.lastModified(), version.size());
  }

  /**
   * Whether this is the object as it was listed. Equal content that is written again has the same
   * ETag, but a later time. Some servers list fractions of a second, which HTTP headers don't have.
   */
  boolean is(ListedObject listed) {
    return eTag != null
        && plain(eTag).equals(listed.version())
        && sizeBytes != null
        && sizeBytes == listed.sizeBytes()
        && lastModified != null
        && lastModified
            .truncatedTo(ChronoUnit.SECONDS)
            .equals(listed.storedAt().truncatedTo(ChronoUnit.SECONDS));
  }

  /** An ETag without quotes, which some servers omit in lists. */
  static String plain(String eTag) {
    return eTag.replace("\"", "");
  }
}
