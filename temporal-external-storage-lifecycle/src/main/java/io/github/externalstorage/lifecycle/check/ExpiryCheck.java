package io.github.externalstorage.lifecycle.check;

import com.google.common.base.Supplier;
import com.google.common.base.Suppliers;
import io.github.externalstorage.driver.BucketObject;
import io.github.externalstorage.driver.BucketSettings;
import io.github.externalstorage.driver.ExpirationRule;
import io.github.externalstorage.driver.StorageBucket;
import io.github.externalstorage.driver.StorageBuckets;
import io.github.externalstorage.driver.StorageException;
import io.github.externalstorage.internal.futures.Futures;
import io.github.externalstorage.lifecycle.NamespaceStorage;
import io.github.externalstorage.lifecycle.internal.temporal.OpenUntil;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Compares what open workflow runs need with the present lifecycle rules of the buckets. Reads the
 * rules of each bucket once. Thread-safe.
 */
final class ExpiryCheck {

  /**
   * An object that is deleted or archived too early.
   *
   * @param date when that happens at the earliest
   */
  record Expiry(Instant date, String message) {}

  private final Supplier<Duration> retention;
  private final CheckReport report;
  private final Map<StorageBucket, StorageBuckets> readers = new HashMap<>();
  private final Map<StorageBucket, Optional<BucketSettings>> settings = new ConcurrentHashMap<>();

  /**
   * @param retention how long the namespace keeps closed runs; requested at most once
   */
  ExpiryCheck(NamespaceStorage namespace, Supplier<Duration> retention, CheckReport report) {
    this.retention = Suppliers.memoize(retention);
    this.report = report;
    for (StorageBuckets reader : namespace.getStorage().getStorageBuckets()) {
      reader.listBuckets().forEach(bucket -> readers.putIfAbsent(bucket, reader));
    }
  }

  /**
   * Determines whether an object is deleted or archived while it is needed.
   *
   * @param storedAt when it was written, null if unknown
   * @param owner what needs it
   */
  Optional<Expiry> find(BucketObject object, @Nullable Instant storedAt, OpenUntil owner) {
    if (!owner.isOpen()) {
      return Optional.empty();
    }
    Optional<Expiry> earliest = Optional.empty();
    for (ExpirationRule rule : rules(object.bucket())) {
      Optional<Instant> date = rule.earliest(object.key(), storedAt);
      if (date.isPresent()
          && isNeeded(owner, date.get())
          && (earliest.isEmpty() || date.get().isBefore(earliest.get().date))) {
        earliest =
            Optional.of(new Expiry(date.get(), message(object.bucket(), rule, date.get(), owner)));
      }
    }
    return earliest;
  }

  private boolean isNeeded(OpenUntil owner, Instant date) {
    return owner.latest().isEmpty() || date.isBefore(owner.latest().get().plus(retention.get()));
  }

  private Iterable<ExpirationRule> rules(StorageBucket bucket) {
    return settings
        .computeIfAbsent(bucket, this::read)
        .map(BucketSettings::rules)
        .orElseGet(List::of);
  }

  private Optional<BucketSettings> read(StorageBucket bucket) {
    StorageBuckets reader = readers.get(bucket);
    if (reader == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(reader.readSettings(bucket).join());
    } catch (CompletionException e) {
      if (Futures.unwrap(e) instanceof StorageException failure) {
        report.unknownRules(bucket, String.valueOf(failure.getMessage()));
        return Optional.empty();
      }
      throw e;
    }
  }

  private String message(StorageBucket bucket, ExpirationRule rule, Instant date, OpenUntil owner) {
    return "The lifecycle rule '%s' of the bucket %s %s the object from %s on%s; %s"
        .formatted(
            rule.id(),
            bucket,
            rule.effect() == ExpirationRule.Effect.DELETE ? "deletes" : "archives",
            date,
            rule.conditional() ? ", if it meets the rule's conditions" : "",
            owner
                .latest()
                .map(
                    limit ->
                        "it can be needed until %s, and then for the retention period of %s"
                            .formatted(limit, retention.get()))
                .orElse("there is no timeout, so it is lost if it is still needed then"));
  }
}
