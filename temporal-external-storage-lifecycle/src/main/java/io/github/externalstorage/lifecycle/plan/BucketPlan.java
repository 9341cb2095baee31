package io.github.externalstorage.lifecycle.plan;

import io.github.externalstorage.driver.BucketSettings;
import io.github.externalstorage.driver.StorageBucket;
import java.util.List;
import java.util.Optional;

/**
 * The lifecycle rule of a bucket. Immutable.
 *
 * @param bucket the bucket
 * @param namespaces the namespaces that store in it or read from it, sorted
 * @param days the smallest age in days at which it is safe to delete objects; empty if none is
 * @param settings the bucket's present settings; empty if they could not be read
 * @param settingsProblem why they could not be read; empty if they were
 */
public record BucketPlan(
    StorageBucket bucket,
    List<String> namespaces,
    Optional<Integer> days,
    Optional<BucketSettings> settings,
    String settingsProblem) {

  /** Copies the list. */
  public BucketPlan {
    namespaces = List.copyOf(namespaces);
  }
}
