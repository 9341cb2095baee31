package io.github.externalstorage.cli.gc;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.externalstorage.lifecycle.StoredAmount;
import io.github.externalstorage.lifecycle.gc.GcObject;
import io.github.externalstorage.lifecycle.gc.GcQuarantine;
import io.github.externalstorage.lifecycle.gc.GcResult;
import io.github.externalstorage.lifecycle.gc.GcUndoResult;
import java.io.PrintStream;

/** Prints garbage collection for programs: JSON Lines, the last of which has the result. */
final class JsonGcPrinter implements GcPrinter {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final PrintStream out;

  JsonGcPrinter(PrintStream out) {
    this.out = out;
  }

  @Override
  public void onGarbage(GcObject object) {
    print("garbage", object);
  }

  @Override
  public void onDeleted(GcObject object) {
    print("deleted", object);
  }

  private void print(String type, GcObject object) {
    out.println(
        line(type)
            .put("bucket", object.bucket())
            .put("key", object.key())
            .put("sizeBytes", object.sizeBytes())
            .put("storedAt", object.storedAt().toString()));
  }

  @Override
  public void onNotRestored(String bucket, String key, String reason) {
    out.println(line("notRestored").put("bucket", bucket).put("key", key).put("message", reason));
  }

  @Override
  public void finish(GcResult result, boolean deletes) {
    ObjectNode line =
        line("result")
            .put("run", result.run())
            .put("workflowRuns", result.workflowRuns())
            .put("keptWorkflowRuns", result.keptRuns())
            .put("otherItems", result.otherItems())
            .put("vanished", result.vanished())
            .put("references", result.references())
            .put("objects", result.objects())
            .put("referenced", result.referenced())
            .put("young", result.young());
    totals(line.putObject("garbage"), result.garbage());
    ArrayNode quarantines = line.putArray("quarantines");
    for (GcQuarantine quarantine : result.quarantines()) {
      totals(
          quarantines.addObject().put("until", quarantine.until().toString()), quarantine.totals());
    }
    totals(line.putObject("deleted"), result.deleted());
    line.put("restored", result.restored()).put("lost", result.lost());
    out.println(line.put("changed", result.changed()));
  }

  @Override
  public void finish(GcUndoResult result) {
    out.println(
        line("result")
            .put("restored", result.restored())
            .put("lost", result.lost())
            .put("unknown", result.unknown()));
  }

  private static ObjectNode line(String type) {
    return JSON.createObjectNode().put("type", type);
  }

  private static void totals(ObjectNode node, StoredAmount totals) {
    node.put("objects", totals.objects()).put("bytes", totals.bytes());
  }
}
