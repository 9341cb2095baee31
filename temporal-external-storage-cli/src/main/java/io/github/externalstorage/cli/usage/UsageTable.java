package io.github.externalstorage.cli.usage;

import io.github.externalstorage.cli.operator.Terminal;
import io.github.externalstorage.lifecycle.usage.UsageAge;
import io.github.externalstorage.lifecycle.usage.UsageOwner;
import io.github.externalstorage.lifecycle.usage.UsageReport;
import io.github.externalstorage.lifecycle.usage.UsageState;
import io.github.externalstorage.lifecycle.usage.UsageTotals;
import java.io.PrintStream;
import java.util.Map;

/** Prints a usage report for people, as tables. */
final class UsageTable {

  private static final int MAX_OWNERS = 50;
  private static final String ROW = "  %-24s %-32s %14s %12s %12s%n";

  private final PrintStream out;

  UsageTable(PrintStream out) {
    this.out = out;
  }

  void print(UsageReport report, boolean withoutReferences) {
    out.printf("All payloads: %s%n", UsageText.amount(report.total().total()));
    if (!withoutReferences) {
      for (UsageState state : UsageState.values()) {
        out.printf(
            "  %-30s %s%n",
            UsageText.state(state) + ":", UsageText.amount(report.total().of(state)));
      }
    }
    out.printf(
        "Written a day, on average of the last 7: %s%n%n",
        UsageText.amount(UsageText.perDay(report)));
    out.println("By the key, which names the first owner of an object:");
    out.printf(ROW, "namespace", "type", "objects", "size", "garbage");
    var owners = UsageText.largestFirst(report);
    for (Map.Entry<UsageOwner, UsageTotals> owner :
        owners.subList(0, Math.min(MAX_OWNERS, owners.size()))) {
      row(
          UsageText.namespace(owner.getKey()),
          UsageText.type(owner.getKey()),
          owner.getValue(),
          withoutReferences);
    }
    if (owners.size() > MAX_OWNERS) {
      out.printf("  and %,d more; --json has all%n", owners.size() - MAX_OWNERS);
    }
    out.println();
    out.println("By the time since an object was last written:");
    for (UsageAge age : UsageAge.values()) {
      row(age.getText(), "", report.byAge().getOrDefault(age, UsageTotals.NONE), withoutReferences);
    }
    if (report.otherObjects().objects() > 0) {
      out.printf("%nUnder v0/, but not payloads: %s%n", UsageText.amount(report.otherObjects()));
    }
  }

  private void row(String first, String second, UsageTotals totals, boolean withoutReferences) {
    out.printf(
        ROW,
        Terminal.printable(first),
        Terminal.printable(second),
        "%,d".formatted(totals.total().objects()),
        UsageText.size(totals.total().bytes()),
        withoutReferences ? "?" : UsageText.size(totals.of(UsageState.GARBAGE).bytes()));
  }
}
