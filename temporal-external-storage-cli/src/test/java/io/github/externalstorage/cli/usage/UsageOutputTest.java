package io.github.externalstorage.cli.usage;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.externalstorage.lifecycle.StoredAmount;
import io.github.externalstorage.lifecycle.usage.UsageAge;
import io.github.externalstorage.lifecycle.usage.UsageOwner;
import io.github.externalstorage.lifecycle.usage.UsageReport;
import io.github.externalstorage.lifecycle.usage.UsageState;
import io.github.externalstorage.lifecycle.usage.UsageTotals;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.NodeList;

/** The table, the JSON and the page of a usage report. */
final class UsageOutputTest {

  private static final String HOSTILE = "<script>alert(1)</script>\"'&\u202e\u001b[2J";

  private final UsageReport report =
      new UsageReport(
          Instant.parse("2026-11-26T12:00:00Z"),
          totals(3, 3 << 20, 1, 1 << 20),
          Map.of(
              new UsageOwner("orders", HOSTILE), totals(2, 2 << 20, 0, 0),
              new UsageOwner("", ""), totals(1, 1 << 20, 1, 1 << 20)),
          Map.of(UsageAge.WEEK, totals(3, 3 << 20, 1, 1 << 20)),
          Map.of(
              LocalDate.parse("2026-11-26"), new StoredAmount(100, 1 << 30),
              LocalDate.parse("2026-11-25"), new StoredAmount(7, 7 << 20)),
          new StoredAmount(1, 5));

  @Test
  void theTableHasEverything() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    new UsageTable(new PrintStream(out, true, UTF_8)).print(report, false);

    assertThat(out.toString(UTF_8))
        .contains(
            "All payloads: 4 objects, 4.0 MiB",
            "in use:                        3 objects, 3.0 MiB",
            "garbage:                       1 objects, 1.0 MiB",
            "Written a day, on average of the last 7: 1 objects, 1.0 MiB",
            "Under v0/, but not payloads: 1 objects, 5 B")
        .containsPattern("orders +<script>.* 2 +2\\.0 MiB +0 B")
        .containsPattern("\\(none\\) +\\(none\\) +2 +2\\.0 MiB +1\\.0 MiB")
        .containsPattern("1 to 7 days +4 +4\\.0 MiB +1\\.0 MiB")
        .doesNotContain("\u001b", "\u202e");
  }

  @Test
  void withoutReferencesGarbageIsNotKnown() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    new UsageTable(new PrintStream(out, true, UTF_8)).print(report, true);

    assertThat(out.toString(UTF_8)).doesNotContain("in use:").containsPattern("2\\.0 MiB +\\?");
    assertThat(UsagePage.print(report, true))
        .doesNotContain("garbage<br/>", "in use<br/>")
        .contains("<td>2.0 MiB</td><td>?</td><td>?</td>");
  }

  @Test
  void theJsonHasEverything() throws IOException {
    JsonNode json = new ObjectMapper().readTree(UsageJson.print(report));

    assertThat(json.at("/takenAt").asText()).isEqualTo("2026-11-26T12:00:00Z");
    assertThat(json.at("/total/objects").asLong()).isEqualTo(4);
    assertThat(json.at("/total/garbage/bytes").asLong()).isEqualTo(1 << 20);
    assertThat(json.at("/byFirstOwner/0/namespace").asText()).isEmpty();
    assertThat(json.at("/byFirstOwner/1/type").asText()).isEqualTo(HOSTILE);
    assertThat(json.at("/byAge/1/referenced/objects").asLong()).isEqualTo(3);
    assertThat(json.at("/byDay/0/day").asText()).isEqualTo("2026-11-25");
    assertThat(json.at("/writtenPerDay/bytes").asLong()).isEqualTo(1 << 20);
  }

  /** Escaped, and valid as XML, whatever workflow types are called. */
  @Test
  void thePageHoldsNothingThatRuns() throws Exception {
    String page = UsagePage.print(report, false);

    assertThat(page)
        .doesNotContain("<script", "\u001b", "\u202e", "http:", "https:", "url(")
        .contains("&lt;script&gt;", "default-src 'none'", "prefers-color-scheme: dark");
    String body = page.substring(page.indexOf("<body>"), page.indexOf("</html>"));
    NodeList bars =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(new ByteArrayInputStream(body.getBytes(UTF_8)))
            .getElementsByTagName("i");
    assertThat(bars.getLength()).isGreaterThan(90);
  }

  @Test
  void anEmptyBucketIsNoProblem() {
    UsageReport empty =
        new UsageReport(
            Instant.parse("2026-11-26T12:00:00Z"),
            UsageTotals.NONE,
            Map.of(),
            Map.of(),
            Map.of(),
            StoredAmount.NONE);

    assertThat(UsagePage.print(empty, false)).contains("0 objects").doesNotContain("NaN");
  }

  @Test
  void sizesAreReadable() {
    assertThat(UsageText.size(1023)).isEqualTo("1,023 B");
    assertThat(UsageText.size(1536)).isEqualTo("1.5 KiB");
    assertThat(UsageText.size(Long.MAX_VALUE)).isEqualTo("8.0 EiB");
  }

  private static UsageTotals totals(long used, long usedBytes, long garbage, long garbageBytes) {
    return new UsageTotals(
        Map.of(
            UsageState.REFERENCED, new StoredAmount(used, usedBytes),
            UsageState.GARBAGE, new StoredAmount(garbage, garbageBytes)));
  }
}
