package io.github.externalstorage.internal.layers;

import io.github.externalstorage.driver.BucketObject;
import io.github.externalstorage.driver.BucketSettings;
import io.github.externalstorage.driver.StorageBucket;
import io.github.externalstorage.driver.StorageBuckets;
import io.github.externalstorage.driver.StorageDriverClaim;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** Reads the settings of buckets with the same limit and the same retries as for other calls. */
final class RetryingStorageBuckets implements StorageBuckets {

  private final StorageBuckets buckets;
  private final RetriedCalls calls;

  RetryingStorageBuckets(StorageBuckets buckets, RetriedCalls calls) {
    this.buckets = buckets;
    this.calls = calls;
  }

  @Override
  public Set<StorageBucket> listBuckets() {
    return buckets.listBuckets();
  }

  @Override
  public BucketObject locate(StorageDriverClaim claim) {
    return buckets.locate(claim);
  }

  @Override
  public CompletableFuture<BucketSettings> readSettings(StorageBucket bucket) {
    return calls.call(() -> buckets.readSettings(bucket));
  }
}
