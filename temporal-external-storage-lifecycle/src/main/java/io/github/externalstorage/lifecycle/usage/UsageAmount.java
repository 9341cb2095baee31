package io.github.externalstorage.lifecycle.usage;

/**
 * A number of objects and their size. Immutable.
 *
 * @param objects how many
 * @param bytes their size in bytes
 */
public record UsageAmount(long objects, long bytes) {

  /** Nothing. */
  public static final UsageAmount NONE = new UsageAmount(0, 0);

  /** The sum of two. */
  public UsageAmount plus(UsageAmount other) {
    return new UsageAmount(objects + other.objects, bytes + other.bytes);
  }
}
