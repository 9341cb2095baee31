package io.github.externalstorage.lifecycle.gc;

import io.github.externalstorage.lifecycle.StoredAmount;
import java.time.Instant;

/**
 * Objects that nothing refers to, but that were not known long enough to be deleted.
 *
 * @param until a run that begins at this time or later can delete them, if nothing refers to them
 *     then, and they were not written again
 * @param totals how many, and their size
 */
public record GcQuarantine(Instant until, StoredAmount totals) {}
