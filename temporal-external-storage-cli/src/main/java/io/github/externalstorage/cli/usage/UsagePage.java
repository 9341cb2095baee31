package io.github.externalstorage.cli.usage;

import com.google.common.html.HtmlEscapers;
import io.github.externalstorage.lifecycle.StoredAmount;
import io.github.externalstorage.lifecycle.usage.UsageAge;
import io.github.externalstorage.lifecycle.usage.UsageOwner;
import io.github.externalstorage.lifecycle.usage.UsageReport;
import io.github.externalstorage.lifecycle.usage.UsageState;
import io.github.externalstorage.lifecycle.usage.UsageTotals;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Writes a usage report as one HTML page, which needs no other files. */
final class UsagePage {

  private static final int MAX_OWNERS = 100;
  private static final int MAX_BARS = 12;

  private static final String HEAD =
      """
      <!DOCTYPE html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
      <title>Stored payloads</title>
      <style>
      :root { color-scheme: light dark; --text: #1c2430; --muted: #5d6878; --page: #ffffff;
        --line: #d9dfe7; --used: #2f6fde; --garbage: #d9662b; --recent: #2f9e6b; --unknown: #8b95a3; }
      @media (prefers-color-scheme: dark) { :root { --text: #e6eaf0; --muted: #9aa6b6;
        --page: #14181f; --line: #323b48; --used: #6ea2ff; --garbage: #ff9a63; --recent: #5ccb98;
        --unknown: #808b9a; } }
      body { font: 15px/1.5 system-ui, sans-serif; color: var(--text); background: var(--page);
        max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
      h1 { font-size: 1.5rem; margin-bottom: 0; } h2 { font-size: 1.1rem; margin-top: 2.2rem; }
      p { color: var(--muted); margin: .3rem 0 .8rem; }
      table { border-collapse: collapse; width: 100%; } th { text-align: left; font-weight: 600; }
      td, th { padding: .25rem .8rem .25rem 0; border-bottom: 1px solid var(--line);
        overflow-wrap: anywhere; } .n { text-align: right; white-space: nowrap; }
      .tiles { display: flex; flex-wrap: wrap; gap: .8rem; margin-top: 1.2rem; }
      .tile { border: 1px solid var(--line); border-radius: .5rem; padding: .6rem .9rem; min-width: 9rem; }
      .tile b { display: block; font-size: 1.25rem; } .tile span { color: var(--muted); font-size: .85rem; }
      svg { width: 100%; height: auto; } svg text { fill: var(--text); font: 12px system-ui, sans-serif; }
      svg .muted { fill: var(--muted); } svg line { stroke: var(--line); }
      .referenced { fill: var(--used); } .garbage { fill: var(--garbage); }
      .recent { fill: var(--recent); } .unknown { fill: var(--unknown); }
      </style>
      </head>
      <body>
      """;

  private UsagePage() {}

  static String print(UsageReport report, boolean withoutReferences) {
    StringBuilder page = new StringBuilder(HEAD);
    page.append("<h1>Stored payloads</h1>\n<p>As of ").append(report.takenAt()).append("</p>\n");
    tiles(page, report, withoutReferences);
    page.append(
            "<h2>Written a day</h2>\n<p>By the day on which an object was last written, in UTC;")
        .append(" the last 90 days. On average of the last 7 complete days: ")
        .append(escape(UsageText.amount(UsageText.perDay(report))))
        .append(".</p>\n")
        .append(UsageCharts.days(UsageText.today(report), report.byDay()));
    page.append("<h2>By first owner</h2>\n<p>The key of an object names the workflow or activity")
        .append(" that stored it first. Others may refer to it, too.</p>\n");
    List<UsageCharts.Bar> bars = new ArrayList<>();
    for (Map.Entry<UsageOwner, UsageTotals> owner : UsageText.largestFirst(report)) {
      bars.add(
          new UsageCharts.Bar(
              UsageText.namespace(owner.getKey()) + " / " + UsageText.type(owner.getKey()),
              owner.getValue()));
    }
    page.append(UsageCharts.bars(bars.subList(0, Math.min(MAX_BARS, bars.size()))));
    table(page, report);
    page.append("<h2>By age</h2>\n<p>Since an object was last written.</p>\n");
    List<UsageCharts.Bar> ages = new ArrayList<>();
    for (UsageAge age : UsageAge.values()) {
      ages.add(
          new UsageCharts.Bar(age.getText(), report.byAge().getOrDefault(age, UsageTotals.NONE)));
    }
    page.append(UsageCharts.bars(ages));
    return page.append("</body>\n</html>\n").toString();
  }

  static String escape(String text) {
    return HtmlEscapers.htmlEscaper().escape(text.replaceAll("\\p{C}", "?"));
  }

  private static void tiles(StringBuilder page, UsageReport report, boolean withoutReferences) {
    page.append("<div class=\"tiles\">\n");
    tile(page, "all payloads", report.total().total(), "");
    if (!withoutReferences) {
      for (UsageState state : UsageState.values()) {
        tile(page, UsageText.state(state), report.total().of(state), UsageCharts.style(state));
      }
    }
    page.append("</div>\n");
  }

  private static void tile(StringBuilder page, String label, StoredAmount amount, String style) {
    page.append("<div class=\"tile\"><b>").append(escape(UsageText.size(amount.bytes())));
    page.append("</b><span>");
    if (!style.isEmpty()) {
      page.append("<svg viewBox=\"0 0 10 10\" style=\"width:.7em\" aria-hidden=\"true\">")
          .append("<rect width=\"10\" height=\"10\" class=\"%s\"/></svg> ".formatted(style));
    }
    page.append(escape(label)).append("<br>%,d objects</span></div>\n".formatted(amount.objects()));
  }

  private static void table(StringBuilder page, UsageReport report) {
    page.append("<table>\n<tr><th>Namespace</th><th>Type</th><th class=\"n\">Objects</th>")
        .append("<th class=\"n\">Size</th><th class=\"n\">In use</th>")
        .append("<th class=\"n\">Garbage</th></tr>\n");
    var owners = UsageText.largestFirst(report);
    for (Map.Entry<UsageOwner, UsageTotals> owner :
        owners.subList(0, Math.min(MAX_OWNERS, owners.size()))) {
      UsageTotals totals = owner.getValue();
      page.append("<tr><td>")
          .append(escape(UsageText.namespace(owner.getKey())))
          .append("</td><td>")
          .append(escape(UsageText.type(owner.getKey())))
          .append("</td>")
          .append("<td class=\"n\">%,d</td>".formatted(totals.total().objects()))
          .append(cell(totals.total()))
          .append(cell(totals.of(UsageState.REFERENCED)))
          .append(cell(totals.of(UsageState.GARBAGE)))
          .append("</tr>\n");
    }
    page.append("</table>\n");
    if (owners.size() > MAX_OWNERS) {
      page.append("<p>And %,d more.</p>\n".formatted(owners.size() - MAX_OWNERS));
    }
  }

  private static String cell(StoredAmount amount) {
    return "<td class=\"n\">" + escape(UsageText.size(amount.bytes())) + "</td>";
  }
}
