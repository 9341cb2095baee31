package io.github.externalstorage.testkit;

import io.github.externalstorage.ExternalStorage;
import io.github.externalstorage.driver.StorageDriverRetrieveContext;
import io.github.externalstorage.driver.StorageException;
import io.github.externalstorage.internal.messages.PayloadFields;
import io.github.externalstorage.reference.EncodedReference;
import io.github.externalstorage.reference.StorageReference;
import io.temporal.api.common.v1.Payload;
import io.temporal.api.history.v1.History;
import io.temporal.api.history.v1.HistoryEvent;
import io.temporal.common.WorkflowExecutionHistory;
import io.temporal.payload.codec.PayloadCodec;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.function.UnaryOperator;

/**
 * Inspects the histories of workflows with stored payloads, and makes such histories
 * self-contained. Thread-safe.
 */
public final class WorkflowHistories {

  private WorkflowHistories() {}

  /**
   * Returns all payloads of a history, in the order of its events: inputs, results, failures,
   * memos, headers, search attributes and so on.
   *
   * @throws StorageException if a payload is marked as a reference but can't be parsed; if a
   *     payload codec encoded the references, call {@link #decodeReferences} first
   */
  public static List<HistoryPayload> getPayloads(WorkflowExecutionHistory history) {
    List<HistoryPayload> payloads = new ArrayList<>();
    for (HistoryEvent event : history.getEvents()) {
      PayloadFields.visitEvent(
          event, (path, payload) -> payloads.add(HistoryPayload.of(event, path, payload)));
    }
    return payloads;
  }

  /**
   * Makes a downloaded history self-contained by replacing each reference with the stored payload,
   * which remains encoded by the payload codec. The result can be saved as a file and replayed
   * without the storage, including by the static methods of {@code WorkflowReplayer}. Blocks until
   * all payloads have been retrieved.
   *
   * @throws StorageException if a payload can't be retrieved; if a payload codec encoded the
   *     references, call {@link #decodeReferences} first
   */
  public static WorkflowExecutionHistory inlineReferences(
      WorkflowExecutionHistory history, ExternalStorage storage) {
    Set<Payload> found = new LinkedHashSet<>();
    PayloadFields.visit(
        history.getHistory(),
        (path, payload) -> {
          if (StorageReference.isReference(payload) || EncodedReference.isReference(payload)) {
            found.add(payload);
          }
        });
    List<Payload> references = List.copyOf(found);
    List<Payload> stored = retrieve(storage, references);
    Map<Payload, Payload> byReference = new HashMap<>();
    for (int i = 0; i < references.size(); i++) {
      byReference.put(references.get(i), stored.get(i));
    }
    return replace(history, payload -> byReference.getOrDefault(payload, payload));
  }

  /**
   * Decodes references that a payload codec encoded after storage, see {@link EncodedReference}.
   * Other payloads are unchanged.
   *
   * @param codec the codec that encodes this application's payloads
   * @throws StorageException if a marked payload does not decode to a reference
   */
  public static WorkflowExecutionHistory decodeReferences(
      WorkflowExecutionHistory history, PayloadCodec codec) {
    return replace(history, payload -> EncodedReference.decode(List.of(payload), codec).get(0));
  }

  private static List<Payload> retrieve(ExternalStorage storage, List<Payload> references) {
    try {
      return storage.retrieve(StorageDriverRetrieveContext.empty(), references).join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof StorageException cause ? cause : e;
    }
  }

  private static WorkflowExecutionHistory replace(
      WorkflowExecutionHistory history, UnaryOperator<Payload> replacement) {
    return new WorkflowExecutionHistory(
        (History) PayloadFields.replace(history.getHistory(), replacement),
        history.getWorkflowExecution().getWorkflowId());
  }
}
