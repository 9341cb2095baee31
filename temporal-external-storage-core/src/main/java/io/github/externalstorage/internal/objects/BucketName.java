package io.github.externalstorage.internal.objects;

import static com.google.common.base.Preconditions.checkArgument;

import io.github.externalstorage.internal.text.Quoted;
import java.util.regex.Pattern;

/**
 * Rejects what can't be the name of a bucket, such as a URL. It is no stricter than the oldest
 * rules of Amazon S3, which some servers still have: buckets with capital letters and underscores
 * exist.
 */
public final class BucketName {

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,255}");

  private BucketName() {}

  /**
   * Checks a name.
   *
   * @throws IllegalArgumentException if no bucket can have the name
   */
  public static void require(String name) {
    checkArgument(!name.isBlank(), "bucket must not be blank");
    int scheme = name.indexOf("://");
    checkArgument(
        scheme < 0,
        "bucket must be the bucket's name, not the URL %s: remove '%s' and all but the name",
        Quoted.of(name),
        scheme < 0 ? "" : name.substring(0, scheme + 3));
    checkArgument(
        NAME.matcher(name).matches(),
        "bucket must be the bucket's name, of at most 255 letters, digits, '-', '.' and '_', and"
            + " without a path, not %s",
        Quoted.of(name));
  }
}
