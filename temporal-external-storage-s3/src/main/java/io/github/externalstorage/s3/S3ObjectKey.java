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
 * and {@code ai} for a standalone activity, {@code v0/d/sha256/{hash}} without a target.
 *
 * @param value the key, with its segments percent-encoded
 */
record S3ObjectKey(String value) {

  private static final int MAX_LENGTH = 1024;
  private static final String ROOT = "v0/";
  private static final String NAMESPACE = ROOT + "ns/";

  /** What percent-encoding can yield. No writer leaves more unencoded than a URL may hold. */
  private static final Pattern SEGMENT = Pattern.compile("(?:%\\p{XDigit}{2}|[!-~&&[^%/]])+");

  /**
   * @throws IllegalArgumentException if the key can't be one of a stored payload
   */
  S3ObjectKey {
    if (value.length() > MAX_LENGTH) {
      throw new IllegalArgumentException(
          "the object key has %s characters, more than the %s that S3 allows"
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

  static S3ObjectKey of(Optional<StorageDriverTargetInfo> target, HashCode sha256) {
    return new S3ObjectKey("v0" + target.map(S3ObjectKey::path).orElse("") + "/d/sha256/" + sha256);
  }

  /** The Temporal namespace whose data this is; empty if the key tells none. */
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
    return "/ns/%s/%s/%s/%s/%s/ri/%s"
        .formatted(
            KeySegment.encode(target.namespace()),
            isWorkflow ? "wt" : "at",
            KeySegment.encode(target.type()),
            isWorkflow ? "wi" : "ai",
            KeySegment.encode(target.id()),
            KeySegment.encode(target.runId()));
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
