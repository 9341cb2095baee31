package io.github.externalstorage.lifecycle.check;

import io.github.externalstorage.lifecycle.PayloadLocation;
import io.github.externalstorage.reference.StorageReference;
import java.time.Instant;
import java.util.Optional;

/**
 * A reference whose payload a worker can't read, or will not be able to. Immutable.
 *
 * @param kind what is wrong
 * @param location where Temporal keeps the reference
 * @param reference the reference; empty if it can't be parsed
 * @param message what is wrong, with the place of the object and a remedy; never holds payload
 *     content or credentials
 * @param expiresAt for {@link Kind#EXPIRING}, when the object can be deleted or archived at the
 *     earliest; otherwise empty
 */
public record ReferenceProblem(
    Kind kind,
    PayloadLocation location,
    Optional<StorageReference> reference,
    String message,
    Optional<Instant> expiresAt) {

  /** What can be wrong with a reference. */
  public enum Kind {
    /** The object does not exist. */
    MISSING,
    /** The object has another size or content than the payload that was stored. */
    DAMAGED,
    /**
     * The reference is malformed, names a driver or a bucket that is not configured, or the object
     * is archived or larger than configured.
     */
    UNREADABLE,
    /**
     * The object can be read now, but a lifecycle rule of its bucket deletes or archives it while
     * an open run, schedule, activity or operation may still need it.
     */
    EXPIRING
  }
}
