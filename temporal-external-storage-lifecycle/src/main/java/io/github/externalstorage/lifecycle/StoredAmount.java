package io.github.externalstorage.lifecycle;

/**
 * A number of objects and their size. Immutable.
 *
 * @param objects how many
 * @param bytes the size of their content, in bytes
 */
public record StoredAmount(long objects, long bytes) {

  /** Nothing. */
  public static final StoredAmount NONE = new StoredAmount(0, 0);

  /** The sum of two. */
  public StoredAmount plus(StoredAmount other) {
    return new StoredAmount(objects + other.objects, bytes + other.bytes);
  }
}
