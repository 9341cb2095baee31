package io.github.externalstorage.interop;

import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.common.collect.Sets;
import io.github.externalstorage.fixtures.fault.FaultPlan;
import io.github.externalstorage.interop.OperatorCommands.Outcome;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command {@code gc} as it is packaged. */
@InteropTest
final class GcCommandTest {

  private static final String MAIN = "main";
  private static final int OBJECTS = 40;
  private static final int KILLS = 4;

  /** A run has about three times as many requests as objects. */
  private static final int MAX_REQUESTS = 60;

  private static final ObjectMapper JSON = new ObjectMapper();

  private final long seed = Long.getLong("gc.seed", System.nanoTime());

  @TempDir private Path folder;

  @Test
  void completesAfterItWasKilledAndIsUndone() throws Exception {
    try (GcWorld world = new GcWorld(folder).withNamespace(MAIN, null)) {
      world.enableVersioning();
      PlantedObjects planted = new PlantedObjects(world, MAIN);
      Set<String> referred = planted.referred(OBJECTS);
      Set<String> garbage = planted.unreferred(OBJECTS);
      Set<String> all = Sets.union(referred, garbage);
      OperatorCommands commands =
          OperatorCommands.of(folder, world.s3().getEndpoint(), world.name(), world.namespaces());
      assertThat(world.gc().build().run().quarantines())
          .extracting(quarantine -> quarantine.totals().objects())
          .containsExactly((long) OBJECTS);
      world.continueToday();

      Outcome dryRun = gc(commands, world, "--json");
      assertThat(dryRun.status()).as(dryRun.errors()).isEqualTo(1);
      assertThat(keys(dryRun, "garbage")).isEqualTo(garbage);
      assertThat(world.keys()).isEqualTo(all);

      killAtRandom(commands, world);
      assertThat(world.keys()).containsAll(referred);

      Outcome finished = gc(commands, world, "--delete", "--json");
      assertThat(finished.status()).as(finished.errors()).isZero();
      assertThat(world.keys()).as("seed %s", seed).isEqualTo(referred);
      world.assertThatNothingIsMissing();

      Outcome again = gc(commands, world);
      assertThat(again.status()).as(again.errors()).isZero();
      assertThat(again.output()).contains("To delete: 0 objects, 0 bytes");

      int lastRun = last(finished).get("run").asInt();
      for (int run = 1; run <= lastRun; run++) {
        Outcome undone = gc(commands, world, "--undo=" + run);
        assertThat(undone.status()).as(undone.output() + undone.errors()).isZero();
      }
      assertThat(world.keys()).as("seed %s", seed).isEqualTo(all);
    }
  }

  /** Kills the program while S3 handles one of its requests. */
  private void killAtRandom(OperatorCommands commands, GcWorld world) throws Exception {
    SplittableRandom random = new SplittableRandom(seed);
    List<Integer> statuses = new ArrayList<>();
    for (int i = 0; i < KILLS; i++) {
      CompletableFuture<Process> program = new CompletableFuture<>();
      AtomicInteger left = new AtomicInteger(random.nextInt(1, MAX_REQUESTS));
      world
          .s3()
          .setPlan(
              (method, path) -> {
                if (left.decrementAndGet() == 0) {
                  var unused = program.join().destroyForcibly();
                }
                return Optional.empty();
              });
      program.complete(commands.start(arguments(world, "--delete")));
      statuses.add(program.join().waitFor());
    }
    world.s3().setPlan(FaultPlan.none());
    assertThat(statuses).as("seed %s", seed).contains(137);
  }

  private static Outcome gc(OperatorCommands commands, GcWorld world, String... options)
      throws Exception {
    return commands.run(arguments(world, options));
  }

  private static String[] arguments(GcWorld world, String... options) {
    List<String> arguments = new ArrayList<>(List.of("gc"));
    arguments.add("--state=" + world.stateFile());
    arguments.add("--max-share=100");
    arguments.addAll(List.of(options));
    return arguments.toArray(String[]::new);
  }

  private static Set<String> keys(Outcome outcome, String type) {
    return outcome
        .output()
        .lines()
        .map(GcCommandTest::parse)
        .filter(line -> line.get("type").asText().equals(type))
        .map(line -> line.get("key").asText())
        .collect(toCollection(TreeSet::new));
  }

  private static JsonNode last(Outcome outcome) {
    return outcome.output().lines().map(GcCommandTest::parse).reduce((a, b) -> b).orElseThrow();
  }

  private static JsonNode parse(String line) {
    try {
      return JSON.readTree(line);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }
}
