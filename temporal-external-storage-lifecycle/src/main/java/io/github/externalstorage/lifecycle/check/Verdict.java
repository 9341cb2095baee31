package io.github.externalstorage.lifecycle.check;

import io.github.externalstorage.driver.StorageException;
import io.github.externalstorage.driver.StoredObject;
import io.github.externalstorage.internal.futures.Futures;
import io.github.externalstorage.reference.StorageReference;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/**
 * Whether an object matches its reference.
 *
 * @param problem what is wrong; empty if nothing is
 * @param storedAt when the object was written, null if unknown
 */
record Verdict(
    Optional<ReferenceProblem.Kind> problem, String message, @Nullable Instant storedAt) {

  static CompletableFuture<Verdict> unreadable(StorageException failure) {
    return CompletableFuture.completedFuture(of(ReferenceProblem.Kind.UNREADABLE, failure));
  }

  /** A reference need not state the size. */
  static Verdict ofObject(StorageReference reference, StoredObject object) {
    long sizeBytes = object.sizeBytes();
    return reference.sizeBytes() == 0 || reference.sizeBytes() == sizeBytes
        ? new Verdict(Optional.empty(), "", object.storedAt())
        : new Verdict(
            Optional.of(ReferenceProblem.Kind.DAMAGED),
            "The object has %s bytes, but the reference says %s"
                .formatted(sizeBytes, reference.sizeBytes()),
            null);
  }

  /**
   * Determines from a failed request what is wrong with the object.
   *
   * @throws CompletionException if the failure is not about the object, but about the storage
   */
  static Verdict ofFailure(Throwable failure) {
    Throwable cause = Futures.unwrap(failure);
    if (cause instanceof StorageException e) {
      Optional<ReferenceProblem.Kind> kind = kindOf(e);
      if (kind.isPresent()) {
        return of(kind.get(), e);
      }
    }
    throw new CompletionException(cause);
  }

  private static Optional<ReferenceProblem.Kind> kindOf(StorageException failure) {
    return switch (failure.getReason()) {
      case NOT_FOUND -> Optional.of(ReferenceProblem.Kind.MISSING);
      case CORRUPTED -> Optional.of(ReferenceProblem.Kind.DAMAGED);
      case TOO_LARGE, INVALID_CLAIM -> Optional.of(ReferenceProblem.Kind.UNREADABLE);
      // If a retry can't help, the storage works, and the object is archived.
      case UNAVAILABLE ->
          failure.isRetryable() ? Optional.empty() : Optional.of(ReferenceProblem.Kind.UNREADABLE);
      case ACCESS_DENIED, MISCONFIGURED -> Optional.empty();
    };
  }

  private static Verdict of(ReferenceProblem.Kind kind, StorageException failure) {
    return new Verdict(Optional.of(kind), String.valueOf(failure.getMessage()), null);
  }
}
