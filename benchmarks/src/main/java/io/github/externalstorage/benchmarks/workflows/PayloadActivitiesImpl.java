package io.github.externalstorage.benchmarks.workflows;

import java.util.Random;

/** Creates the same payload for the same index. */
public final class PayloadActivitiesImpl implements PayloadActivities {

  @Override
  public byte[] fetch(int index, int size) {
    byte[] bytes = new byte[size];
    new Random(index).nextBytes(bytes);
    return bytes;
  }
}
