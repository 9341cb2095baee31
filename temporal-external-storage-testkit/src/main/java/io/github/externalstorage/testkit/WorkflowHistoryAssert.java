package io.github.externalstorage.testkit;

import static java.util.stream.Collectors.joining;

import io.temporal.common.WorkflowExecutionHistory;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.assertj.core.api.AbstractAssert;

/**
 * Assertions about the payloads in the history of a workflow run. Failure messages contain the
 * event, path and size of a payload, never its content. Not thread-safe.
 */
public final class WorkflowHistoryAssert
    extends AbstractAssert<WorkflowHistoryAssert, WorkflowExecutionHistory> {

  /**
   * The default of the Temporal server's limit for the size of a payload ({@code
   * limit.blobSize.error}), in bytes: 2 MiB. The test server accepts larger payloads.
   */
  public static final int SERVER_LIMIT = 2 * 1024 * 1024;

  private final List<HistoryPayload> payloads;

  private WorkflowHistoryAssert(WorkflowExecutionHistory actual) {
    super(actual, WorkflowHistoryAssert.class);
    payloads = WorkflowHistories.getPayloads(actual);
  }

  /**
   * Starts assertions on a history, for example one that {@code WorkflowClient.fetchHistory}
   * returns.
   */
  public static WorkflowHistoryAssert assertThat(WorkflowExecutionHistory actual) {
    return new WorkflowHistoryAssert(actual);
  }

  /**
   * Asserts that at least {@code count} payloads of the history are stored. A payload that occurs
   * twice in the history, for example as the result of one activity and the input of the next,
   * counts twice.
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

  /** Asserts that at least one payload of the history was stored by the driver with this name. */
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

  /**
   * Asserts that each inline payload is smaller than {@code bytes}.
   *
   * @param bytes the serialized size that no inline payload reaches, in bytes
   */
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

  /** As {@link #hasNoPayloadOver} with {@link #SERVER_LIMIT}. */
  public WorkflowHistoryAssert hasNoPayloadOverServerLimit() {
    return hasNoPayloadOver(SERVER_LIMIT);
  }

  /**
   * Asserts that no payload in the history is larger than {@code bytes}. Payloads whose sizes the
   * server adds up, such as the arguments of a call or the fields of a memo, count together.
   *
   * @param bytes the maximum serialized size, in bytes
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
