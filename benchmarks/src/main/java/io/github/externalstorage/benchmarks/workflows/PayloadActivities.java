package io.github.externalstorage.benchmarks.workflows;

import io.temporal.activity.ActivityInterface;

/** Creates large payloads. */
@ActivityInterface
public interface PayloadActivities {

  /** Bytes that differ by index. */
  byte[] fetch(int index, int size);
}
