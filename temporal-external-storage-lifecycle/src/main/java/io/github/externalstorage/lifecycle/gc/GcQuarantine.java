package io.github.externalstorage.lifecycle.gc;

import io.github.externalstorage.lifecycle.StoredAmount;
import java.time.Instant;

/**
 * Objects that nothing refers to, but that have not been known for long enough to be deleted.
 * Immutable.
 *
 * @param until the time from which on a run can delete them, if nothing refers to them then and
 *     they were not written again
 * @param totals their number and size
 */
public record GcQuarantine(Instant until, StoredAmount totals) {}
