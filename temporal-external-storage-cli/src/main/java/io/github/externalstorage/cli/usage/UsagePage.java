package io.github.externalstorage.cli.usage;

import com.google.common.base.Ascii;
import com.google.common.html.HtmlEscapers;
import io.github.externalstorage.cli.operator.Terminal;
import io.github.externalstorage.lifecycle.StoredAmount;
import io.github.externalstorage.lifecycle.usage.UsageAge;
import io.github.externalstorage.lifecycle.usage.UsageOwner;
import io.github.externalstorage.lifecycle.usage.UsageReport;
import io.github.externalstorage.lifecycle.usage.UsageState;
import io.github.externalstorage.lifecycle.usage.UsageTotals;
import java.time.LocalDate;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;

/** Writes a usage report as one HTML page, which needs no other files. */
final class UsagePage {

  private static final int MAX_OWNERS = 100;
  private static final int DAYS = 90;

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
        overflow-wrap: anywhere; } td:first-child { min-width: 7rem; } .bar ~ * { text-align: right; white-space: nowrap; }
      .tiles { display: flex; flex-wrap: wrap; gap: .8rem; margin-top: 1.2rem; }
      .tile { border: 1px solid var(--line); border-radius: .5rem; padding: .6rem .9rem; min-width: 9rem; }
      .tile b { display: block; font-size: 1.25rem; } .tile span { color: var(--muted); font-size: .85rem; }
      .tile i { width: .7em; height: .7em; }
      .days { display: flex; align-items: flex-end; gap: 2px; height: 11rem; border-bottom: 1px solid var(--line); }
      .days i { flex: 1; min-width: 0; } .bar { width: 25%; } i { display: inline-block; height: 1rem; }
      .referenced { background: var(--used); } .garbage { background: var(--garbage); }
      .recent { background: var(--recent); } .unknown { background: var(--unknown); }
      </style>
      </head>
      """;

  /** How the head of a table ends: a bar, and the numbers of {@link #row}. */
  private static final String NUMBERS =
      "<th class=\"bar\"></th><th>Objects</th><th>Size</th><th>In use</th><th>Garbage</th></tr>\n";

  private final StringBuilder page = new StringBuilder(HEAD);
  private final UsageReport report;
  private final boolean withoutReferences;

  private UsagePage(UsageReport report, boolean withoutReferences) {
    this.report = report;
    this.withoutReferences = withoutReferences;
  }

  static String print(UsageReport report, boolean withoutReferences) {
    return new UsagePage(report, withoutReferences).print();
  }

  private String print() {
    page.append("<body>\n<h1>Stored payloads</h1>\n");
    page.append("<p>As of %s</p>\n".formatted(report.takenAt()));
    tiles();
    days();
    owners();
    ages();
    return page.append("</body>\n</html>\n").toString();
  }

  private void tiles() {
    page.append("<div class=\"tiles\">\n");
    tile("all payloads", report.total().total());
    if (!withoutReferences) {
      for (UsageState state : UsageState.values()) {
        tile(
            "<i class=\"%s\"></i> %s".formatted(style(state), UsageText.state(state)),
            report.total().of(state));
      }
    }
    page.append("</div>\n");
  }

  private void tile(String label, StoredAmount amount) {
    page.append(
        "<div class=\"tile\"><b>%s</b><span>%s<br/>%,d objects</span></div>\n"
            .formatted(UsageText.size(amount.bytes()), label, amount.objects()));
  }

  private void days() {
    LocalDate today = UsageText.today(report);
    LocalDate first = today.minusDays(DAYS - 1L);
    long max = report.byDay().values().stream().mapToLong(StoredAmount::bytes).max().orElse(0);
    page.append(
        """
        <h2>Written a day</h2>
        <p>By the day on which an object was last written, in UTC; %s to %s. The scale ends at %s a day.
        On average of the last 7 complete days: %s.</p>
        <div class="days" role="img" aria-label="Bytes written on each of the last %d days">
        """
            .formatted(
                first,
                today,
                UsageText.size(max),
                UsageText.amount(UsageText.perDay(report)),
                DAYS));
    first
        .datesUntil(today.plusDays(1))
        .forEach(
            day -> {
              StoredAmount amount = report.byDay().getOrDefault(day, StoredAmount.NONE);
              bar("height", amount, max, UsageState.REFERENCED, day.toString());
            });
    page.append("</div>\n");
  }

  private void owners() {
    page.append(
        """
        <h2>By first owner</h2>
        <p>The key of an object names the workflow or activity that stored it first. Others may refer to
        it, too.</p>
        <table>
        <tr><th>Namespace</th><th>Type</th>""");
    page.append(NUMBERS);
    long max = max(report.byOwner().values());
    var owners = UsageText.largestFirst(report);
    for (Map.Entry<UsageOwner, UsageTotals> owner :
        owners.subList(0, Math.min(MAX_OWNERS, owners.size()))) {
      row(
          "<td>%s</td><td>%s</td>"
              .formatted(
                  escape(UsageText.namespace(owner.getKey())),
                  escape(UsageText.type(owner.getKey()))),
          owner.getValue(),
          max);
    }
    page.append("</table>\n");
    if (owners.size() > MAX_OWNERS) {
      page.append("<p>And %,d more.</p>\n".formatted(owners.size() - MAX_OWNERS));
    }
  }

  private void ages() {
    page.append("<h2>By age</h2>\n<p>Since an object was last written.</p>\n");
    page.append("<table>\n<tr><th>Age</th>").append(NUMBERS);
    for (UsageAge age : UsageAge.values()) {
      row(
          "<td>%s</td>".formatted(age.getText()),
          report.byAge().getOrDefault(age, UsageTotals.NONE),
          max(report.byAge().values()));
    }
    page.append("</table>\n");
  }

  private void row(String names, UsageTotals totals, long max) {
    page.append("<tr>").append(names).append("<td class=\"bar\">");
    for (UsageState state : UsageState.values()) {
      bar("width", totals.of(state), max, state, UsageText.state(state));
    }
    page.append(
        "</td><td>%,d</td><td>%s</td><td>%s</td><td>%s</td></tr>\n"
            .formatted(
                totals.total().objects(),
                UsageText.size(totals.total().bytes()),
                sizeOf(totals, UsageState.REFERENCED),
                sizeOf(totals, UsageState.GARBAGE)));
  }

  private String sizeOf(UsageTotals totals, UsageState state) {
    return withoutReferences ? "?" : UsageText.size(totals.of(state).bytes());
  }

  /** A bar whose length is a share of the largest one; its title says what it stands for. */
  private void bar(
      String dimension, StoredAmount amount, long max, UsageState state, String title) {
    page.append(
        String.format(
            Locale.ROOT,
            "<i class=\"%s\" style=\"%s:%.1f%%\" title=\"%s: %s\"></i>",
            style(state),
            dimension,
            100.0 * amount.bytes() / Math.max(1, max),
            title,
            UsageText.amount(amount)));
  }

  private static long max(Collection<UsageTotals> totals) {
    return totals.stream().mapToLong(each -> each.total().bytes()).max().orElse(0);
  }

  /** The class that colors a state. */
  private static String style(UsageState state) {
    return Ascii.toLowerCase(state.name());
  }

  private static String escape(String text) {
    return HtmlEscapers.htmlEscaper().escape(Terminal.printable(text));
  }
}
