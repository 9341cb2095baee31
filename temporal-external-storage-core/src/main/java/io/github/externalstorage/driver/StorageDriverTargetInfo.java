package io.github.externalstorage.driver;

import org.jspecify.annotations.Nullable;

/**
 * The workflow or standalone activity that a stored payload belongs to. Any part may be unknown
 * where the payload is encoded, and is then null: the run id of a workflow that is only being
 * started, the type of one that is signalled.
 */
public sealed interface StorageDriverTargetInfo
    permits StorageDriverWorkflowInfo, StorageDriverActivityInfo {

  /** The Temporal namespace. */
  @Nullable String namespace();

  /** The workflow id, or the id of the standalone activity. */
  @Nullable String id();

  /** The run id. */
  @Nullable String runId();

  /** The workflow type, or the activity type. */
  @Nullable String type();
}
