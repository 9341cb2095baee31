package io.github.externalstorage.worker;

import static java.util.stream.Collectors.collectingAndThen;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.externalstorage.ExternalStorageRoute;
import io.github.externalstorage.driver.StorageDriverWorkflowInfo;
import io.github.externalstorage.worker.RecordingStorageDriver.Stored;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The workflow that each path's payload is stored for, which determines the keys of objects. */
class TargetTest {

  /** Workflow id, run id and type; a dash where the SDK does not provide one. */
  private static final String TARGETS =
      """
      path                        | native                              | codec
      ----------------------------|-------------------------------------|---------------------
      workflow input              | main/-/EveryPath                    | main/-/-
      memo                        | main/-/EveryPath                    | main/-/-
      signal                      | main/-/-                            | main/-/-
      signal with start           | started/-/Receiving                 | started/-/-
      query argument              | main/-/-                            | main/-/-
      update argument             | main/-/- and main/run/EveryPath     | main/-/-
      completion by token         | nothing                             | nothing
      completion by id            | main/run/-                          | nothing
      completion with context     | main/-/EveryPath                    | main/-/EveryPath
      heartbeat by token          | nothing                             | nothing
      query result                | main/run/EveryPath                  | main/-/-
      update result               | main/run/EveryPath                  | main/run/EveryPath
      update failure              | main/run/EveryPath                  | main/run/EveryPath
      memo upsert                 | main/run/EveryPath                  | main/run/EveryPath
      side effect                 | main/run/EveryPath                  | main/run/EveryPath
      local activity input        | main/run/EveryPath                  | main/run/EveryPath
      local activity result       | main/run/EveryPath                  | main/run/EveryPath
      local activity failure      | main/run/EveryPath                  | main/run/EveryPath
      activity input              | main/run/EveryPath                  | main/run/EveryPath
      activity result             | main/run/EveryPath                  | main/run/EveryPath
      activity failure            | main/run/EveryPath                  | main/run/EveryPath
      heartbeat details           | main/run/EveryPath                  | main/run/EveryPath
      child input                 | child/-/Child                       | child/-/-
      child memo                  | child/-/Child                       | child/-/-
      child result                | main/run/-                          | child/run/Child
      signal to external workflow | receiver/-/-                        | receiver/-/-
      workflow result             | main/run/EveryPath                  | main/run/EveryPath
      chain input                 | chain/-/Continuing                  | chain/-/-
      continue-as-new             | chain/-/Continuing                  | chain/first run/Continuing
      workflow failure            | chain/run/Continuing                | chain/run/Continuing
      """;

  @OnEachRoute
  void eachPathHasItsTarget(ExternalStorageRoute route) throws Exception {
    check(route, false);
  }

  @OnEachRoute
  void replaysChangeNoTarget(ExternalStorageRoute route) throws Exception {
    check(route, true);
  }

  private static void check(ExternalStorageRoute route, boolean evicting) throws Exception {
    try (EveryPathScenario scenario = new EveryPathScenario(route, evicting)) {
      scenario.run();

      List<Stored> stored = scenario.environment().driver().stored();
      assertThat(targets(stored, scenario)).isEqualTo(expected(route));
      assertThat(stored)
          .flatExtracting(payload -> payload.target().stream().toList())
          .hasOnlyElementsOfType(StorageDriverWorkflowInfo.class)
          .extracting("namespace")
          .containsOnly(scenario.environment().server().getNamespace());
    }
  }

  /** The rendered targets of each label; more than one if a payload was stored for several. */
  private static Map<String, String> targets(List<Stored> stored, EveryPathScenario scenario) {
    return stored.stream()
        .collect(
            groupingBy(
                payload -> LargeText.labelOf(payload.payload()),
                TreeMap::new,
                mapping(
                    payload -> render(payload, scenario),
                    collectingAndThen(
                        toCollection(TreeSet::new), all -> String.join(" and ", all)))));
  }

  private static Map<String, String> expected(ExternalStorageRoute route) {
    return TARGETS
        .lines()
        .skip(2)
        .map(line -> Arrays.stream(line.split("\\|")).map(String::strip).toList())
        .collect(
            Collectors.toMap(
                columns -> columns.get(0),
                columns -> columns.get(route == ExternalStorageRoute.NATIVE ? 1 : 2)));
  }

  private static String render(Stored stored, EveryPathScenario scenario) {
    return stored
        .target()
        .map(
            target ->
                Stream.of(
                        target.id(),
                        target.runId() == null ? null : scenario.nameOfRun(target.runId()),
                        target.type())
                    .map(part -> Objects.requireNonNullElse(part, "-"))
                    .collect(joining("/")))
        .orElse("nothing");
  }
}
