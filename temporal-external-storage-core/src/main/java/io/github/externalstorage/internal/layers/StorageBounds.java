package io.github.externalstorage.internal.layers;

/** What all drivers of a storage share. */
public record StorageBounds(FairPermits operations, FairPermits bytes) {

  /** As many as the AWS SDK's clients have connections by default. */
  static final int DEFAULT_OPERATIONS = 50;

  /** An eighth of the heap, so that a small worker survives and a large one is not held back. */
  static long defaultBytes() {
    return Runtime.getRuntime().maxMemory() / 8;
  }

  StorageBounds(int operations, long bytes) {
    this(new FairPermits(operations), new FairPermits(bytes));
  }
}
