package io.github.externalstorage.options;

/** Many payloads of a workflow stayed inline within a minute. Immutable. */
public final class InlinePayloadsEvent {

  private final String namespace;
  private final String workflowId;
  private final long bytes;

  private InlinePayloadsEvent(String namespace, String workflowId, long bytes) {
    this.namespace = namespace;
    this.workflowId = workflowId;
    this.bytes = bytes;
  }

  /** An event, for tests of listeners. See the getters for the arguments. */
  public static InlinePayloadsEvent of(String namespace, String workflowId, long bytes) {
    return new InlinePayloadsEvent(namespace, workflowId, bytes);
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
