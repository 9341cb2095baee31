package io.github.externalstorage.s3;

import com.google.common.base.Splitter;
import com.google.common.hash.HashCode;
import io.github.externalstorage.driver.StorageDriverTargetInfo;
import io.github.externalstorage.driver.StorageDriverWorkflowInfo;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The key of a stored payload, in the layout that every official S3 driver of Temporal writes:
 * {@code v0/ns/{namespace}/wt/{type}/wi/{id}/ri/{run}/d/sha256/{hash}} for a workflow, {@code at}
 * and {@code ai} for a standalone activity, {@code v0/d/sha256/{hash}} without a target. A key that
 * would be too long is shortened to {@code v0/ns/{namespace}/d/sha256/{hash}}, as in the official
 * drivers for Google Cloud Storage.
 *
 * @param value the key, with its segments percent-encoded
 */
record S3ObjectKey(String value) {

  /**
   * The maximum length of a key, in bytes. Encoded keys are ASCII, so bytes and characters are the
   * same.
   */
  static final int MAX_LENGTH = 1024;

  private static final String ROOT = "v0/";
  private static final String NAMESPACE = ROOT + "ns/";

  /**
   * A percent-encoded segment. All drivers encode at least the characters that a URL may not
   * contain.
   */
  private static final Pattern SEGMENT = Pattern.compile("(?:%\\p{XDigit}{2}|[!-~&&[^%/]])+");

  /**
   * @throws IllegalArgumentException if this can't be the key of a stored payload
   */
  S3ObjectKey {
    if (value.length() > MAX_LENGTH) {
      throw new IllegalArgumentException(
          "the object key has %s bytes, more than the %s that S3 allows"
              .formatted(value.length(), MAX_LENGTH));
    }
    if (!value.startsWith(ROOT)) {
      throw new IllegalArgumentException("the object key is not under '" + ROOT + "'");
    }
    if (!segments(value).stream().allMatch(S3ObjectKey::isSegment)) {
      throw new IllegalArgumentException(
          "the object key has a segment that is empty, '.', '..' or not percent-encoded");
    }
  }

  /**
   * @param maxSegmentLength the maximum length of each segment, in bytes
   * @throws IllegalArgumentException if the namespace alone makes the key too long
   */
  static S3ObjectKey of(
      Optional<StorageDriverTargetInfo> target, HashCode sha256, int maxSegmentLength) {
    String digest = "/d/sha256/" + sha256;
    if (target.isEmpty()) {
      return new S3ObjectKey("v0" + digest);
    }
    String namespace = NAMESPACE + KeySegment.encode(target.get().namespace());
    String key = namespace + path(target.get()) + digest;
    if (fits(key, maxSegmentLength)) {
      return new S3ObjectKey(key);
    }
    String shortened = namespace + digest;
    if (fits(shortened, maxSegmentLength)) {
      return new S3ObjectKey(shortened);
    }
    // A key without its namespace would escape the checks that separate namespaces.
    throw new IllegalArgumentException(
        "the namespace takes up %s bytes of the object key, but at most %s are available"
            .formatted(
                namespace.length() - NAMESPACE.length(),
                Math.min(maxSegmentLength, MAX_LENGTH - NAMESPACE.length() - digest.length())));
  }

  /** The Temporal namespace that the payload belongs to; empty if the key contains none. */
  Optional<String> namespace() {
    if (!value.startsWith(NAMESPACE)) {
      return Optional.empty();
    }
    String segment = segments(value).get(2);
    return segment.equals(KeySegment.UNKNOWN)
        ? Optional.empty()
        : Optional.of(KeySegment.decode(segment));
  }

  private static String path(StorageDriverTargetInfo target) {
    boolean isWorkflow = target instanceof StorageDriverWorkflowInfo;
    return "/%s/%s/%s/%s/ri/%s"
        .formatted(
            isWorkflow ? "wt" : "at",
            KeySegment.encode(target.type()),
            isWorkflow ? "wi" : "ai",
            KeySegment.encode(target.id()),
            KeySegment.encode(target.runId()));
  }

  private static boolean fits(String key, int maxSegmentLength) {
    return key.length() <= MAX_LENGTH
        && segments(key).stream().allMatch(segment -> segment.length() <= maxSegmentLength);
  }

  private static List<String> segments(String key) {
    return Splitter.on('/').splitToList(key);
  }

  private static boolean isSegment(String segment) {
    return SEGMENT.matcher(segment).matches() && !segment.equals(".") && !segment.equals("..");
  }

  @Override
  public String toString() {
    return value;
  }
}
