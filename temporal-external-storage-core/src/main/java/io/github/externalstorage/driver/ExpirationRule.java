package io.github.externalstorage.driver;

import static com.google.common.base.Preconditions.checkArgument;
import static java.util.Objects.requireNonNull;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A lifecycle rule of a bucket, after which objects can no longer be read. Immutable.
 *
 * @param id the name of the rule; empty if it has none
 * @param keyPrefix the beginning of the keys that it applies to; empty for all
 * @param effect what it does with an object
 * @param age the age at which it applies, null if it does not depend on the age
 * @param date when it applies to all objects, null if it does not depend on a date
 * @param conditional whether it applies only to objects with certain tags, sizes and so on, so that
 *     it need not apply to an object
 */
public record ExpirationRule(
    String id,
    String keyPrefix,
    Effect effect,
    @Nullable Duration age,
    @Nullable Instant date,
    boolean conditional) {

  /** What a rule does with an object. */
  public enum Effect {
    /** It deletes the object. */
    DELETE,
    /** It moves the object to an archive, from which it has to be restored before it is read. */
    ARCHIVE
  }

  /**
   * @throws IllegalArgumentException if the age is negative
   */
  public ExpirationRule {
    requireNonNull(id, "id");
    requireNonNull(keyPrefix, "keyPrefix");
    requireNonNull(effect, "effect");
    checkArgument(age == null || !age.isNegative(), "age must not be negative, not %s", age);
  }

  /**
   * The earliest time at which the rule may apply to an object.
   *
   * @param key the object's key
   * @param storedAt when the object was written; null if unknown, which counts as long ago
   * @return empty if it never applies to the object
   */
  public Optional<Instant> earliest(String key, @Nullable Instant storedAt) {
    if (!key.startsWith(keyPrefix)) {
      return Optional.empty();
    }
    Instant written = storedAt == null ? Instant.EPOCH : storedAt;
    if (age == null) {
      return Optional.of(date == null || date.isBefore(written) ? written : date);
    }
    Instant old = plus(written, age);
    return Optional.of(date == null || date.isBefore(old) ? old : date);
  }

  private static Instant plus(Instant instant, Duration duration) {
    try {
      return instant.plus(duration);
    } catch (ArithmeticException | DateTimeException e) {
      return Instant.MAX;
    }
  }
}
