package io.github.externalstorage.lifecycle.check;

import com.google.common.cache.Cache;
import com.google.common.cache.CacheBuilder;
import io.github.externalstorage.ExternalStorage;
import io.github.externalstorage.driver.StorageDriverClaim;
import io.github.externalstorage.driver.StorageDriverRetrieveContext;
import io.github.externalstorage.driver.StorageException;
import io.github.externalstorage.driver.StoredObject;
import io.github.externalstorage.internal.futures.Futures;
import io.github.externalstorage.lifecycle.NamespaceStorage;
import io.github.externalstorage.lifecycle.check.ReferenceProblem.Kind;
import io.github.externalstorage.lifecycle.internal.storage.PayloadDecoder;
import io.github.externalstorage.lifecycle.internal.temporal.LocatedPayload;
import io.github.externalstorage.lifecycle.internal.temporal.PayloadPages;
import io.github.externalstorage.reference.StorageReference;
import io.github.externalstorage.reference.StoredPayload;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Checks the references among the payloads of a namespace, those that are visited together side by
 * side. Thread-safe.
 */
final class ReferenceChecker implements PayloadPages.Receiver {

  /** A payload that is passed on has several references, mostly in neighbouring events. */
  private static final int MAX_CACHED = 10_000;

  private final ExternalStorage storage;
  private final PayloadDecoder decoder;
  private final boolean content;
  private final CheckReport report;
  private final ExpiryCheck expiry;
  private final Cache<Key, CompletableFuture<Verdict>> verdicts =
      CacheBuilder.newBuilder().maximumSize(MAX_CACHED).build();

  /**
   * @param content whether objects are read
   */
  ReferenceChecker(
      NamespaceStorage namespace, boolean content, CheckReport report, ExpiryCheck expiry) {
    storage = namespace.getStorage();
    decoder = new PayloadDecoder(namespace);
    this.content = content;
    this.report = report;
    this.expiry = expiry;
  }

  @Override
  public void accept(List<LocatedPayload> payloads) {
    List<PendingCheck> pending = new ArrayList<>();
    for (LocatedPayload payload : payloads) {
      start(payload).ifPresent(pending::add);
    }
    report.found(pending.size());
    pending.forEach(this::report);
  }

  private Optional<PendingCheck> start(LocatedPayload located) {
    Optional<StorageReference> reference;
    try {
      reference = StorageReference.parse(decoder.decodeReference(located.payload()));
    } catch (StorageException e) {
      return Optional.of(new PendingCheck(located, Optional.empty(), Verdict.unreadable(e)));
    }
    return reference.map(
        present ->
            new PendingCheck(
                located,
                reference,
                verdicts
                    .asMap()
                    .computeIfAbsent(
                        new Key(present.driverName(), present.claim(), present.sizeBytes()),
                        key -> check(present))));
  }

  private CompletableFuture<Verdict> check(StorageReference reference) {
    StoredPayload stored;
    try {
      stored = storage.resolve(reference);
    } catch (StorageException e) {
      return Verdict.unreadable(e);
    }
    CompletableFuture<StoredObject> object =
        content ? read(stored) : stored.describe().orElseGet(() -> read(stored));
    return Futures.map(object, found -> Verdict.ofObject(reference, found))
        .exceptionally(Verdict::ofFailure);
  }

  private static CompletableFuture<StoredObject> read(StoredPayload stored) {
    AtomicReference<@Nullable Instant> storedAt = new AtomicReference<>();
    StorageDriverRetrieveContext context =
        new StorageDriverRetrieveContext() {
          @Override
          public void reportStoredAt(Instant time) {
            storedAt.set(time);
          }
        };
    return Futures.map(
        stored.retrieve(context),
        payload -> new StoredObject(payload.getSerializedSize(), storedAt.get()));
  }

  private void report(PendingCheck check) {
    Verdict verdict;
    try {
      verdict = check.verdict.join();
    } catch (CompletionException e) {
      throw Futures.unwrap(e) instanceof StorageException cause ? cause : e;
    }
    Optional<Kind> kind = verdict.problem();
    if (kind.isPresent()) {
      report.problem(
          new ReferenceProblem(
              kind.get(),
              check.located.location(),
              check.reference,
              verdict.message(),
              Optional.empty()));
    } else {
      check.reference.ifPresent(reference -> reportExpiry(check, reference, verdict.storedAt()));
    }
  }

  private void reportExpiry(
      PendingCheck check, StorageReference reference, @Nullable Instant storedAt) {
    if (!check.located.owner().isOpen()) {
      return;
    }
    storage
        .resolve(reference)
        .locate()
        .flatMap(object -> expiry.find(object, storedAt, check.located.owner()))
        .ifPresent(
            found ->
                report.problem(
                    new ReferenceProblem(
                        Kind.EXPIRING,
                        check.located.location(),
                        check.reference,
                        found.message(),
                        Optional.of(found.date()))));
  }

  private record Key(String driverName, StorageDriverClaim claim, long sizeBytes) {}

  private record PendingCheck(
      LocatedPayload located,
      Optional<StorageReference> reference,
      CompletableFuture<Verdict> verdict) {}
}
