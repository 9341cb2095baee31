package io.github.externalstorage.cli.usage;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.common.base.CaseFormat;
import io.github.externalstorage.lifecycle.StoredAmount;
import io.github.externalstorage.lifecycle.usage.UsageAge;
import io.github.externalstorage.lifecycle.usage.UsageOwner;
import io.github.externalstorage.lifecycle.usage.UsageReport;
import io.github.externalstorage.lifecycle.usage.UsageState;
import io.github.externalstorage.lifecycle.usage.UsageTotals;
import java.util.Map;
import java.util.TreeMap;

/** Writes a usage report as JSON. */
final class UsageJson {

  private static final ObjectMapper JSON = new ObjectMapper();

  private UsageJson() {}

  static String print(UsageReport report) {
    ObjectNode document = JSON.createObjectNode().put("takenAt", report.takenAt().toString());
    put(document.putObject("total"), report.total());
    ArrayNode owners = document.putArray("byFirstOwner");
    for (Map.Entry<UsageOwner, UsageTotals> owner : UsageText.largestFirst(report)) {
      ObjectNode node =
          owners
              .addObject()
              .put("namespace", owner.getKey().namespace())
              .put("type", owner.getKey().type());
      put(node, owner.getValue());
    }
    ArrayNode ages = document.putArray("byAge");
    for (UsageAge age : UsageAge.values()) {
      put(
          ages.addObject().put("age", age.getText()),
          report.byAge().getOrDefault(age, UsageTotals.NONE));
    }
    ArrayNode days = document.putArray("byDay");
    new TreeMap<>(report.byDay())
        .forEach((day, amount) -> put(days.addObject().put("day", day.toString()), amount));
    put(document.putObject("writtenPerDay"), UsageText.perDay(report));
    put(document.putObject("otherObjects"), report.otherObjects());
    return document.toPrettyString();
  }

  private static void put(ObjectNode node, UsageTotals totals) {
    put(node, totals.total());
    for (UsageState state : UsageState.values()) {
      put(
          node.putObject(CaseFormat.UPPER_UNDERSCORE.to(CaseFormat.LOWER_CAMEL, state.name())),
          totals.of(state));
    }
  }

  private static void put(ObjectNode node, StoredAmount amount) {
    node.put("objects", amount.objects()).put("bytes", amount.bytes());
  }
}
