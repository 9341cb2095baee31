package io.github.externalstorage.lifecycle.history;

import static java.util.stream.Collectors.joining;

import io.github.externalstorage.driver.StorageException;
import io.github.externalstorage.lifecycle.LifecycleException;
import io.github.externalstorage.lifecycle.NamespaceStorage;
import io.github.externalstorage.lifecycle.PayloadLocation;
import io.github.externalstorage.lifecycle.PayloadLocation.Kind;
import io.github.externalstorage.lifecycle.internal.storage.PayloadDecoder;
import io.github.externalstorage.lifecycle.internal.temporal.LocatedPayload;
import io.github.externalstorage.lifecycle.internal.temporal.TemporalCalls;
import io.github.externalstorage.lifecycle.internal.temporal.TemporalServer;
import io.grpc.StatusRuntimeException;
import io.temporal.api.common.v1.Payload;
import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.api.history.v1.HistoryEvent;
import io.temporal.serviceclient.WorkflowServiceStubs;
import java.util.List;

/**
 * Reads single payloads from the history of a workflow run, stored or inline, as the workflow sees
 * them: decoded by the namespace's codecs. Thread-safe.
 */
public final class EventPayloads {

  private final TemporalServer server;
  private final String namespace;
  private final PayloadDecoder decoder;

  /**
   * @param service the connection to the Temporal server; closed by the caller
   * @param namespace the storage and codecs of the workflow's namespace
   */
  public EventPayloads(WorkflowServiceStubs service, NamespaceStorage namespace) {
    this(service, namespace, TemporalCalls.Pause.SLEEP);
  }

  EventPayloads(
      WorkflowServiceStubs service, NamespaceStorage namespace, TemporalCalls.Pause pause) {
    server = new TemporalServer(service, new TemporalCalls(pause));
    this.namespace = namespace.getNamespace();
    decoder = new PayloadDecoder(namespace);
  }

  /**
   * Reads a payload. Blocks until it is retrieved.
   *
   * @param workflowId the id of the workflow
   * @param runId the id of the run; empty for the latest one
   * @param eventId the id of the event
   * @param field the position of the payload in the event's attributes, such as {@code
   *     input.payloads[0]}, or the beginning of it, such as {@code input}; empty if the event has
   *     one payload only
   * @return the payload, decoded
   * @throws LifecycleException if the run or the event does not exist, none or several of its
   *     payloads match, or the payload can't be read
   */
  public Payload get(String workflowId, String runId, long eventId, String field) {
    try {
      LocatedPayload found = choose(find(workflowId, runId, eventId), field);
      try {
        return decoder.decode(decoder.resolve(decoder.decodeReference(found.payload())));
      } catch (StorageException e) {
        throw new LifecycleException(
            "The payload at %s could not be read: %s".formatted(found.location(), e.getMessage()),
            e);
      }
    } catch (StatusRuntimeException e) {
      throw new LifecycleException(
          "The history of workflow '%s' in namespace '%s' could not be read: %s"
              .formatted(workflowId, namespace, TemporalServer.explain(e)),
          e);
    }
  }

  private List<LocatedPayload> find(String workflowId, String runId, long eventId) {
    WorkflowExecution run =
        WorkflowExecution.newBuilder().setWorkflowId(workflowId).setRunId(runId).build();
    PayloadLocation location = PayloadLocation.of(namespace, Kind.WORKFLOW, workflowId, runId);
    long last = 0;
    for (List<HistoryEvent> events : server.history(namespace, run)) {
      for (HistoryEvent event : events) {
        last = event.getEventId();
        if (last == eventId) {
          return LocatedPayload.of(location, List.of(event));
        }
      }
    }
    throw new LifecycleException(
        "The history of %s has no event %s; its last event is %s"
            .formatted(location, eventId, last));
  }

  private static LocatedPayload choose(List<LocatedPayload> payloads, String field) {
    List<LocatedPayload> matching =
        payloads.stream().filter(payload -> matches(payload.location().path(), field)).toList();
    if (matching.size() == 1) {
      return matching.get(0);
    }
    if (payloads.isEmpty()) {
      throw new LifecycleException("The event has no payload");
    }
    throw new LifecycleException(
        "%s of the event's payloads match%s; name one field of:%s"
            .formatted(
                matching.isEmpty() ? "None" : matching.size(),
                field.isEmpty() ? "" : " '" + field + "'",
                payloads.stream()
                    .map(payload -> System.lineSeparator() + "  " + payload.location().path())
                    .collect(joining())));
  }

  private static boolean matches(String path, String field) {
    return path.startsWith(field)
        && (path.length() == field.length()
            || field.isEmpty()
            || path.charAt(field.length()) == '.'
            || path.charAt(field.length()) == '[');
  }
}
