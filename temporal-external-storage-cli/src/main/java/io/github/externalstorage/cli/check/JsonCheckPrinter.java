package io.github.externalstorage.cli.check;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.common.base.CaseFormat;
import io.github.externalstorage.driver.StorageBucket;
import io.github.externalstorage.lifecycle.PayloadLocation;
import io.github.externalstorage.lifecycle.check.ReferenceProblem;
import io.github.externalstorage.lifecycle.check.StorageCheckResult;
import java.io.PrintStream;

/** Prints a check for programs: JSON Lines, the last of which has the result. */
final class JsonCheckPrinter implements CheckPrinter {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final PrintStream out;

  JsonCheckPrinter(PrintStream out) {
    this.out = out;
  }

  @Override
  public void onProblem(ReferenceProblem problem) {
    PayloadLocation location = problem.location();
    ObjectNode line =
        JSON.createObjectNode()
            .put("type", "problem")
            .put("problem", name(problem.kind()))
            .put("namespace", location.namespace())
            .put("kind", name(location.kind()))
            .put("id", location.id());
    if (!location.runId().isEmpty()) {
      line.put("runId", location.runId());
    }
    if (location.eventId() != 0) {
      line.put("eventId", location.eventId()).put("eventType", location.eventType());
    }
    line.put("path", location.path());
    problem
        .reference()
        .ifPresent(
            reference -> {
              line.put("driver", reference.driverName());
              ObjectNode claim = line.putObject("claim");
              reference.claim().getClaimData().forEach(claim::put);
              line.put("sizeBytes", reference.sizeBytes());
            });
    problem.expiresAt().ifPresent(date -> line.put("expiresAt", date.toString()));
    out.println(line.put("message", problem.message()));
  }

  @Override
  public void onUnknownRules(StorageBucket bucket, String message) {
    out.println(
        JSON.createObjectNode()
            .put("type", "unknownRules")
            .put("bucket", bucket.name())
            .put("message", message));
  }

  @Override
  public void finish(StorageCheckResult result) {
    ObjectNode line =
        JSON.createObjectNode().put("type", "result").put("references", result.references());
    ObjectNode checked = line.putObject("checked");
    for (PayloadLocation.Kind kind : PayloadLocation.Kind.values()) {
      checked.put(name(kind), result.checked().getOrDefault(kind, 0L));
    }
    ObjectNode problems = line.putObject("problems");
    for (ReferenceProblem.Kind kind : ReferenceProblem.Kind.values()) {
      problems.put(name(kind), result.problems().getOrDefault(kind, 0L));
    }
    line.put("vanished", result.vanished());
    ArrayNode unsupported = line.putArray("unsupported");
    result.unsupported().forEach(kind -> unsupported.add(name(kind)));
    out.println(line);
  }

  /** In lower camel case. */
  private static String name(Enum<?> constant) {
    return CaseFormat.UPPER_UNDERSCORE.to(CaseFormat.LOWER_CAMEL, constant.name());
  }
}
