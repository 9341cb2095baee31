package io.github.externalstorage.cli.gc;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.externalstorage.lifecycle.StoredAmount;
import io.github.externalstorage.lifecycle.gc.GcObject;
import io.github.externalstorage.lifecycle.gc.GcQuarantine;
import io.github.externalstorage.lifecycle.gc.GcResult;
import io.github.externalstorage.lifecycle.gc.GcUndoResult;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

final class GcPrinterTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Instant TIME = Instant.parse("2026-01-02T03:04:05Z");
  private static final GcObject OBJECT = new GcObject("s3:payloads", "v0/d/sha256/00", 1234, TIME);
  private static final GcResult RESULT =
      new GcResult(
          9,
          310,
          298,
          2,
          1,
          1204,
          5120,
          4815,
          120,
          new StoredAmount(65, 2000),
          List.of(new GcQuarantine(TIME, new StoredAmount(120, 3000))),
          new StoredAmount(60, 1900),
          4,
          3,
          5);

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final PrintStream stream = new PrintStream(out, true, UTF_8);

  @Test
  void printsForPeople() {
    TextGcPrinter printer = new TextGcPrinter(stream, stream);

    printer.onGarbage(OBJECT);
    printer.finish(RESULT, false);

    assertThat(out.toString(UTF_8).lines())
        .containsExactly(
            "would delete: s3:payloads v0/d/sha256/00 (1,234 bytes, written 2026-01-02T03:04:05Z)",
            "Run 9 read 310 workflow runs (298 of them earlier) and 2 schedules and others, with"
                + " 1,204 references",
            "5,120 objects: 4,815 referred to, 120 not, but younger than the grace period",
            "In quarantine until 2026-01-02T03:04:05Z: 120 objects, 3,000 bytes",
            "Deleted, but referred to again, and not restored: 3 objects",
            "To delete: 65 objects, 2,000 bytes");
  }

  @Test
  void printsWhatWasDeletedAndRestored() {
    TextGcPrinter printer = new TextGcPrinter(stream, stream);

    printer.onDeleted(OBJECT);
    printer.finish(RESULT, true);
    printer.onNotRestored("s3:payloads", "v0/d/sha256/00", "the storage did not keep it");
    printer.finish(new GcUndoResult(3, 1, 2));

    assertThat(out.toString(UTF_8).lines())
        .contains(
            "deleted: s3:payloads v0/d/sha256/00 (1,234 bytes, written 2026-01-02T03:04:05Z)",
            "Written or deleted by others meanwhile: 5 objects",
            "Deleted: 60 objects, 1,900 bytes",
            "Restored, since something refers to them again: 4 objects",
            "not restored: s3:payloads v0/d/sha256/00: the storage did not keep it",
            "Restored 3 objects; 1 can't be restored, and 2 may not have been deleted");
  }

  @Test
  void printsJsonLines() throws IOException {
    JsonGcPrinter printer = new JsonGcPrinter(stream);

    printer.onGarbage(OBJECT);
    printer.finish(RESULT, false);
    printer.finish(new GcUndoResult(3, 1, 2));

    List<String> lines = out.toString(UTF_8).lines().toList();
    assertThat(JSON.readTree(lines.get(0)))
        .isEqualTo(
            JSON.readTree(
                """
                {"type": "garbage", "bucket": "s3:payloads", "key": "v0/d/sha256/00",
                 "sizeBytes": 1234, "storedAt": "2026-01-02T03:04:05Z"}
                """));
    assertThat(JSON.readTree(lines.get(1)))
        .isEqualTo(
            JSON.readTree(
                """
                {"type": "result", "run": 9, "workflowRuns": 310, "keptWorkflowRuns": 298,
                 "otherItems": 2, "vanished": 1, "references": 1204, "objects": 5120,
                 "referenced": 4815, "young": 120, "garbage": {"objects": 65, "bytes": 2000},
                 "quarantines": [{"until": "2026-01-02T03:04:05Z", "objects": 120, "bytes": 3000}],
                 "deleted": {"objects": 60, "bytes": 1900}, "restored": 4, "lost": 3,
                 "changed": 5}
                """));
    assertThat(JSON.readTree(lines.get(2)).get("restored").asLong()).isEqualTo(3);
  }
}
