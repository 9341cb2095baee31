package io.github.externalstorage.driver;

import org.jspecify.annotations.Nullable;

/**
 * A workflow, the target of all that a workflow run sends and that its activities return.
 *
 * @param namespace the Temporal namespace
 * @param id the id
 * @param runId the run id
 * @param type the type
 */
public record StorageDriverWorkflowInfo(
    @Nullable String namespace, @Nullable String id, @Nullable String runId, @Nullable String type)
    implements StorageDriverTargetInfo {}
