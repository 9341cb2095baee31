package io.github.externalstorage.lifecycle.gc;

/**
 * Some objects.
 *
 * @param objects how many
 * @param bytes the size of their content, in bytes
 */
public record GcTotals(long objects, long bytes) {

  static final GcTotals NONE = new GcTotals(0, 0);

  GcTotals plus(GcTotals other) {
    return new GcTotals(objects + other.objects, bytes + other.bytes);
  }
}
