package io.github.externalstorage.driver;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * The settings of a bucket that determine how long objects can be read. Immutable.
 *
 * @param versioning whether it keeps what was overwritten or deleted
 * @param rules the enabled rules that delete or archive current objects; empty if there are none
 * @param hasOtherRules whether it has lifecycle rules besides those, also disabled ones
 */
public record BucketSettings(
    BucketVersioning versioning, List<ExpirationRule> rules, boolean hasOtherRules) {

  /** Copies the list. */
  public BucketSettings {
    requireNonNull(versioning, "versioning");
    rules = List.copyOf(rules);
  }
}
