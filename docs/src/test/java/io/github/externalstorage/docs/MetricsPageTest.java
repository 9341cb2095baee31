package io.github.externalstorage.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.github.externalstorage.internal.metrics.MetricNames;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The metrics in the table and in the dashboard are those of the code. */
final class MetricsPageTest {

  private static final Pattern NAME = Pattern.compile("temporal_external_storage_[a-z_]+");

  /** What Micrometer and Prometheus append. */
  private static final Pattern SUFFIX =
      Pattern.compile("(_total|_seconds_(sum|count|max|bucket))$");

  @Test
  void theTableHasThemAll() {
    Set<String> rows = new TreeSet<>();
    Matcher row =
        Pattern.compile("(?m)^\\| `(" + NAME + ")` \\|")
            .matcher(Repository.read(Repository.DOCS.resolve("metrics.md")));
    while (row.find()) {
      rows.add(row.group(1));
    }
    assertThat(rows).isEqualTo(MetricNames.all());
  }

  @Test
  void theDashboardUsesThemAllAndNoOthers() {
    JsonObject dashboard =
        JsonParser.parseString(Repository.read(Repository.DOCS.resolve("grafana-dashboard.json")))
            .getAsJsonObject();
    Set<String> used = new TreeSet<>();
    Set<Integer> ids = new HashSet<>();
    JsonArray panels = dashboard.getAsJsonArray("panels");

    assertThat(dashboard.get("title").getAsString()).isEqualTo("Temporal External Storage");
    for (JsonElement panel : panels) {
      JsonObject object = panel.getAsJsonObject();
      ids.add(object.get("id").getAsInt());
      for (JsonElement target : object.getAsJsonArray("targets")) {
        Matcher name = NAME.matcher(target.getAsJsonObject().get("expr").getAsString());
        while (name.find()) {
          used.add(SUFFIX.matcher(name.group()).replaceFirst(""));
        }
      }
    }
    assertThat(used).isEqualTo(MetricNames.all());
    assertThat(ids).hasSize(panels.size());
  }
}
