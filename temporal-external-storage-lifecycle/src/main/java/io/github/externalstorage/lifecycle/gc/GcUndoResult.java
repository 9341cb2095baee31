package io.github.externalstorage.lifecycle.gc;

/**
 * The outcome of an attempt to restore what a run of garbage collection had deleted. Immutable.
 *
 * @param restored how many objects exist again
 * @param lost how many can't be restored, since the storage did not keep them
 * @param unknown how many may have been deleted or not, since the run was interrupted while it
 *     deleted them
 */
public record GcUndoResult(long restored, long lost, long unknown) {}
