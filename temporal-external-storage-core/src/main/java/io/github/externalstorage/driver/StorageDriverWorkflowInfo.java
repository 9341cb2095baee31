package io.github.externalstorage.driver;

import org.jspecify.annotations.Nullable;

/**
 * A workflow, the target of all that a workflow run sends and that its activities return.
 *
 * @param namespace the Temporal namespace, null if unknown
 * @param id the workflow id, null if unknown
 * @param runId the run id, null if unknown
 * @param type the workflow type, null if unknown
 */
public record StorageDriverWorkflowInfo(
    @Nullable String namespace, @Nullable String id, @Nullable String runId, @Nullable String type)
    implements StorageDriverTargetInfo {}
