package io.github.externalstorage.lifecycle.gc;

/**
 * How far a run of garbage collection is.
 *
 * @param phase what it does
 * @param workflowRuns how many workflow runs were read, including those whose marks were kept from
 *     an earlier run
 * @param references how many references were found in what was read
 * @param objects how many objects were listed
 * @param deleted how many objects were deleted
 */
public record GcProgress(
    GcPhase phase, long workflowRuns, long references, long objects, long deleted) {}
