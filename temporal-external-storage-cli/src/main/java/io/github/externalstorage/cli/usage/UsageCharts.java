package io.github.externalstorage.cli.usage;

import com.google.common.base.Ascii;
import io.github.externalstorage.lifecycle.StoredAmount;
import io.github.externalstorage.lifecycle.usage.UsageState;
import io.github.externalstorage.lifecycle.usage.UsageTotals;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Draws charts as inline SVG. */
final class UsageCharts {

  /** A bar of a chart, divided by state. */
  record Bar(String label, UsageTotals totals) {}

  private static final int WIDTH = 900;
  private static final int DAYS = 90;
  private static final int HEIGHT = 180;
  private static final int ROW = 26;
  private static final int LABELS = 300;
  private static final int VALUES = 90;
  private static final int MAX_LABEL = 44;

  private UsageCharts() {}

  /** What was written on each of the last days. */
  static String days(LocalDate today, Map<LocalDate, StoredAmount> byDay) {
    long max = byDay.values().stream().mapToLong(StoredAmount::bytes).max().orElse(0);
    StringBuilder svg = start(HEIGHT + 40, "Bytes written on each of the last 90 days");
    svg.append(
        "<line x1=\"0\" y1=\"%1$s\" x2=\"%2$s\" y2=\"%1$s\"/>\n".formatted(HEIGHT + 16, WIDTH));
    text(svg, 0, 11, "muted", "start", UsageText.size(max) + " a day");
    double step = (double) WIDTH / DAYS;
    for (int i = 0; i < DAYS; i++) {
      LocalDate day = today.minusDays(DAYS - 1L - i);
      StoredAmount amount = byDay.getOrDefault(day, StoredAmount.NONE);
      if (amount.bytes() > 0) {
        double height = Math.max(1, (double) amount.bytes() / max * HEIGHT);
        svg.append(
            rectangle(
                i * step + 1,
                HEIGHT + 16 - height,
                step - 2,
                height,
                "referenced",
                day + ": " + UsageText.amount(amount)));
      }
      if (i % 30 == 0 || i == DAYS - 1) {
        text(
            svg,
            i == DAYS - 1 ? WIDTH : i * step,
            HEIGHT + 34,
            "muted",
            i == DAYS - 1 ? "end" : "start",
            day.toString());
      }
    }
    return svg.append("</svg>\n").toString();
  }

  /** Horizontal bars. */
  static String bars(List<Bar> bars) {
    long max = bars.stream().mapToLong(bar -> bar.totals().total().bytes()).max().orElse(0);
    StringBuilder svg = start(bars.size() * ROW + 4, "Bytes by row");
    for (int i = 0; i < bars.size(); i++) {
      Bar bar = bars.get(i);
      int y = i * ROW;
      text(svg, 0, y + 17, "", "start", shortened(bar.label()));
      double x = LABELS;
      for (UsageState state : UsageState.values()) {
        StoredAmount amount = bar.totals().of(state);
        if (amount.bytes() > 0) {
          double width = (double) amount.bytes() / max * (WIDTH - LABELS - VALUES);
          svg.append(
              rectangle(
                  x,
                  y + 4,
                  width,
                  ROW - 8,
                  style(state),
                  UsageText.state(state) + ": " + UsageText.amount(amount)));
          x += width;
        }
      }
      text(svg, x + 6, y + 17, "muted", "start", UsageText.size(bar.totals().total().bytes()));
    }
    return svg.append("</svg>\n").toString();
  }

  /** The class that colors a state. */
  static String style(UsageState state) {
    return Ascii.toLowerCase(state.name());
  }

  private static StringBuilder start(int height, String label) {
    return new StringBuilder()
        .append(
            "<svg viewBox=\"0 0 %s %s\" role=\"img\" aria-label=\"%s\">\n"
                .formatted(WIDTH, height, UsagePage.escape(label)));
  }

  private static String rectangle(
      double x, double y, double width, double height, String style, String title) {
    return String.format(
        Locale.ROOT,
        "<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" class=\"%s\"><title>%s</title></rect>%n",
        x,
        y,
        width,
        height,
        style,
        UsagePage.escape(title));
  }

  private static void text(
      StringBuilder svg, double x, double y, String style, String anchor, String text) {
    svg.append(
        String.format(
            Locale.ROOT,
            "<text x=\"%.1f\" y=\"%.1f\" class=\"%s\" text-anchor=\"%s\">%s</text>%n",
            x,
            y,
            style,
            anchor,
            UsagePage.escape(text)));
  }

  private static String shortened(String label) {
    return label.codePointCount(0, label.length()) <= MAX_LABEL
        ? label
        : label.substring(0, label.offsetByCodePoints(0, MAX_LABEL - 1)) + "…";
  }
}
