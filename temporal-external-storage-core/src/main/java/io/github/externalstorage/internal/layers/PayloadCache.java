package io.github.externalstorage.internal.layers;

import com.google.common.cache.Cache;
import com.google.common.cache.CacheBuilder;
import io.github.externalstorage.driver.StorageDriverClaim;
import io.temporal.api.common.v1.Payload;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Payloads that were stored or retrieved a short while ago, by driver and claim; the least recently
 * used are evicted first. A payload counts as stored only while its object is recent, so that no
 * reference is written to an object that a lifecycle rule is about to delete.
 */
final class PayloadCache {

  /**
   * The approximate size of a claim and the cache's own objects, so that many small payloads count.
   */
  private static final int ENTRY_SIZE = 1024;

  private final Cache<Key, Entry> payloads;
  private final Duration maxAge;
  private final InstantSource clock;

  PayloadCache(long maxBytes, Duration maxAge, InstantSource clock) {
    // Guava divides the maximum among segments, and a large payload must fit into one.
    payloads =
        CacheBuilder.newBuilder()
            .concurrencyLevel(1)
            .maximumWeight(maxBytes)
            .<Key, Entry>weigher((key, entry) -> entry.payload.getSerializedSize() + ENTRY_SIZE)
            .build();
    this.maxAge = maxAge;
    this.clock = clock;
  }

  Instant now() {
    return clock.instant();
  }

  /**
   * Adds a payload.
   *
   * @param storedAt when its object was written, null if unknown
   */
  void put(String driver, StorageDriverClaim claim, Payload payload, @Nullable Instant storedAt) {
    payloads.put(
        new Key(driver, claim), new Entry(payload, storedAt == null ? null : past(storedAt)));
  }

  /** The clock of a storage may be ahead of this machine's. */
  private Instant past(Instant instant) {
    Instant now = now();
    return instant.isAfter(now) ? now : instant;
  }

  void remove(String driver, StorageDriverClaim claim) {
    payloads.invalidate(new Key(driver, claim));
  }

  Optional<Payload> get(String driver, StorageDriverClaim claim) {
    return Optional.ofNullable(payloads.getIfPresent(new Key(driver, claim))).map(Entry::payload);
  }

  /** Whether the claim's object is known to exist and to be recent. */
  boolean isStored(String driver, StorageDriverClaim claim) {
    Entry entry = payloads.getIfPresent(new Key(driver, claim));
    if (entry == null || entry.storedAt == null) {
      return false;
    }
    Duration age = Duration.between(entry.storedAt, now());
    // Negative after the clock was set back: then the true age is unknown.
    return !age.isNegative() && age.compareTo(maxAge) < 0;
  }

  private record Key(String driver, StorageDriverClaim claim) {}

  private record Entry(Payload payload, @Nullable Instant storedAt) {}
}
