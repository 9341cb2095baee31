package io.github.externalstorage.driver;

import org.jspecify.annotations.Nullable;

/**
 * A standalone activity. The target of an activity inside a workflow is the workflow.
 *
 * @param namespace the Temporal namespace, null if unknown
 * @param id the activity id, null if unknown
 * @param runId the run id, null if unknown
 * @param type the activity type, null if unknown
 */
public record StorageDriverActivityInfo(
    @Nullable String namespace, @Nullable String id, @Nullable String runId, @Nullable String type)
    implements StorageDriverTargetInfo {}
