package io.github.externalstorage.testkit;

import static java.util.stream.Collectors.joining;

import io.temporal.common.WorkflowExecutionHistory;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.assertj.core.api.AbstractAssert;

/**
 * Assertions on what a workflow run left in its history. Their messages say event, path and size of
 * a payload, never its content.
 */
public final class WorkflowHistoryAssert
    extends AbstractAssert<WorkflowHistoryAssert, WorkflowExecutionHistory> {

  /**
   * The largest payloads that a Temporal server takes unless it is configured otherwise ({@code
   * limit.blobSize.error}), in bytes: 2 MiB. The test server takes larger ones.
   */
  public static final int SERVER_LIMIT = 2 * 1024 * 1024;

  private final List<HistoryPayload> payloads;

  private WorkflowHistoryAssert(WorkflowExecutionHistory actual) {
    super(actual, WorkflowHistoryAssert.class);
    payloads = WorkflowHistories.getPayloads(actual);
  }

  /** Starts assertions on a history, such as {@code WorkflowClient.fetchHistory} returns it. */
  public static WorkflowHistoryAssert assertThat(WorkflowExecutionHistory actual) {
    return new WorkflowHistoryAssert(actual);
  }

  /**
   * At least so many payloads of the history are stored. A payload that is in the history twice, as
   * an activity's result and as the next one's input, counts twice.
   */
  public WorkflowHistoryAssert offloadedAtLeast(int count) {
    long stored = payloads.stream().filter(HistoryPayload::isStored).count();
    if (stored < count) {
      failWithMessage(
          "Expected at least %s stored payloads, but there are %s:%s",
          count, stored, lines(payloads.stream()));
    }
    return this;
  }

  /** At least one payload of the history is stored by the driver of this name. */
  public WorkflowHistoryAssert hasReferencesFrom(String driverName) {
    boolean found =
        payloads.stream()
            .flatMap(payload -> payload.reference().stream())
            .anyMatch(reference -> reference.driverName().equals(driverName));
    if (!found) {
      failWithMessage(
          "Expected a payload stored by '%s', but there is none:%s",
          driverName, lines(payloads.stream()));
    }
    return this;
  }

  /** Each payload that stayed inline is smaller than this, in bytes of its serialized form. */
  public WorkflowHistoryAssert hasInlinePayloadsUnder(int bytes) {
    List<HistoryPayload> large =
        payloads.stream()
            .filter(payload -> !payload.isStored() && payload.sizeInHistory() >= bytes)
            .toList();
    if (!large.isEmpty()) {
      failWithMessage(
          "Expected all inline payloads to be under %s bytes, but these are not:%s",
          bytes, lines(large.stream()));
    }
    return this;
  }

  /** Nothing in the history is larger than the {@link #SERVER_LIMIT}. */
  public WorkflowHistoryAssert hasNoPayloadOverServerLimit() {
    return hasNoPayloadOver(SERVER_LIMIT);
  }

  /**
   * No payload went to the server that is larger than this, nor payloads that are larger together
   * where the server counts them together: the arguments of a call, the fields of a memo.
   *
   * @param bytes the largest size allowed, in bytes of the serialized form
   */
  public WorkflowHistoryAssert hasNoPayloadOver(int bytes) {
    Map<String, Long> sizes = new LinkedHashMap<>();
    for (HistoryPayload payload : payloads) {
      sizes.merge(payload.container(), (long) payload.sizeInHistory(), Long::sum);
    }
    sizes.values().removeIf(size -> size <= bytes);
    if (!sizes.isEmpty()) {
      failWithMessage(
          "Expected no payloads over %s bytes in the history, but there are:%s",
          bytes,
          lines(sizes.entrySet().stream().map(e -> e.getKey() + ": " + e.getValue() + " bytes")));
    }
    return this;
  }

  private static String lines(Stream<?> items) {
    return items.map(item -> "\n  " + item).collect(joining());
  }
}
