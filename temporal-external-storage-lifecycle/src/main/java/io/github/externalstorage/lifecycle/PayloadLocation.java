package io.github.externalstorage.lifecycle;

import java.util.regex.Pattern;

/**
 * Where Temporal keeps a payload. Holds names and ids, never content. Immutable.
 *
 * @param namespace the namespace
 * @param kind what the payload belongs to
 * @param id the id of the workflow, schedule, activity or operation
 * @param runId the id of the run; empty for a schedule
 * @param eventId the id of the event in the run's history; 0 if the payload is not in a history,
 *     such as the heartbeat details of a pending activity
 * @param eventType the type of the event as Temporal's tools display it, such as {@code
 *     ActivityTaskScheduled}; empty if the payload is not in a history
 * @param path the position of the payload in the event's attributes, or in the description of what
 *     it belongs to, with JSON field names, such as {@code input.payloads[0]}
 */
public record PayloadLocation(
    String namespace,
    Kind kind,
    String id,
    String runId,
    long eventId,
    String eventType,
    String path) {

  /** What could move a terminal's cursor or hide text: ids and map keys are the users'. */
  private static final Pattern NOT_PRINTABLE = Pattern.compile("\\p{C}");

  /** What a payload can belong to. */
  public enum Kind {
    /** A workflow run. */
    WORKFLOW("workflow"),
    /** A schedule. */
    SCHEDULE("schedule"),
    /** An activity outside of any workflow. */
    ACTIVITY("activity"),
    /** A Nexus operation outside of any workflow. */
    NEXUS_OPERATION("nexus operation");

    private final String text;

    Kind(String text) {
      this.text = text;
    }

    @Override
    public String toString() {
      return text;
    }
  }

  /** Something that has payloads: a location without an event and a path. */
  public static PayloadLocation of(String namespace, Kind kind, String id, String runId) {
    return new PayloadLocation(namespace, kind, id, runId, 0, "", "");
  }

  /** The location on one line, for people. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    text.append(namespace).append(' ').append(kind).append(" '").append(id).append('\'');
    if (!runId.isEmpty()) {
      text.append(" run ").append(runId);
    }
    if (eventId != 0) {
      text.append(" event ").append(eventId).append(' ').append(eventType);
    }
    if (!path.isEmpty()) {
      text.append(' ').append(path);
    }
    return NOT_PRINTABLE.matcher(text).replaceAll("?");
  }
}
