package io.github.externalstorage.driver;

import org.jspecify.annotations.Nullable;

/**
 * A standalone activity. An activity inside of a workflow has the workflow for its target.
 *
 * @param namespace the Temporal namespace
 * @param id the id
 * @param runId the run id
 * @param type the type
 */
public record StorageDriverActivityInfo(
    @Nullable String namespace, @Nullable String id, @Nullable String runId, @Nullable String type)
    implements StorageDriverTargetInfo {}
