package io.github.externalstorage;

/** Many payloads of a workflow stayed inline within a minute. Immutable. */
public final class InlinePayloadsEvent {

  private final String namespace;
  private final String workflowId;
  private final long bytes;

  InlinePayloadsEvent(String namespace, String workflowId, long bytes) {
    this.namespace = namespace;
    this.workflowId = workflowId;
    this.bytes = bytes;
  }

  /** The workflow's namespace. */
  public String getNamespace() {
    return namespace;
  }

  /** The workflow's id. */
  public String getWorkflowId() {
    return workflowId;
  }

  /** The serialized size of the payloads so far, in bytes. */
  public long getBytes() {
    return bytes;
  }
}
