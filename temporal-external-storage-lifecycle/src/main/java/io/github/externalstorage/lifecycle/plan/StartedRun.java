package io.github.externalstorage.lifecycle.plan;

import io.github.externalstorage.driver.StorageException;
import io.github.externalstorage.lifecycle.PayloadLocation;
import io.github.externalstorage.lifecycle.internal.storage.PayloadDecoder;
import io.github.externalstorage.lifecycle.internal.temporal.LocatedPayload;
import io.github.externalstorage.reference.StorageReference;
import io.temporal.api.history.v1.HistoryEvent;
import io.temporal.api.history.v1.WorkflowExecutionStartedEventAttributes;
import java.util.List;

/** What the first event of a run says about how the run goes on. */
record StartedRun(PayloadDecoder decoder, PayloadLocation location, HistoryEvent event)
    implements RunTimeouts.PassedOn {

  /** What a run may pass on without decoding it; other payloads are stored again. */
  private static final List<String> PASSED_ON =
      List.of("memo", "header", "lastCompletionResult", "continuedFailure");

  @Override
  public boolean isRetried() {
    return attributes().hasRetryPolicy();
  }

  @Override
  public boolean isCron() {
    return !attributes().getCronSchedule().isEmpty();
  }

  @Override
  public boolean holdsReference() {
    return holdsReferenceIn(PASSED_ON);
  }

  /** Whether the result of an earlier run, which the server passes on, is a reference. */
  boolean holdsReferenceToResult() {
    return holdsReferenceIn(List.of("lastCompletionResult"));
  }

  private WorkflowExecutionStartedEventAttributes attributes() {
    return event.getWorkflowExecutionStartedEventAttributes();
  }

  private boolean holdsReferenceIn(List<String> fields) {
    return LocatedPayload.of(location, List.of(event)).stream()
        .filter(payload -> fields.stream().anyMatch(payload.location().path()::startsWith))
        .anyMatch(payload -> isReference(decoder, payload));
  }

  /** Whether a payload is a reference, also if it can't be read. */
  static boolean isReference(PayloadDecoder decoder, LocatedPayload payload) {
    try {
      return StorageReference.isReference(decoder.decodeReference(payload.payload()));
    } catch (StorageException e) {
      return true;
    }
  }
}
