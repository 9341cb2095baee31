package io.github.externalstorage.lifecycle.plan;

import java.util.List;

/**
 * What a {@link LifecyclePlanner} found. Immutable.
 *
 * @param buckets the buckets, sorted
 * @param namespaces the namespaces, in their order
 * @param withoutBucket the namespaces whose storage has no buckets, such as files
 */
public record LifecyclePlan(
    List<BucketPlan> buckets, List<NamespacePlan> namespaces, List<String> withoutBucket) {

  /** Copies the lists. */
  public LifecyclePlan {
    buckets = List.copyOf(buckets);
    namespaces = List.copyOf(namespaces);
    withoutBucket = List.copyOf(withoutBucket);
  }

  /** Whether every bucket has a safe rule. */
  public boolean isSafe() {
    return buckets.stream().allMatch(bucket -> bucket.days().isPresent());
  }
}
