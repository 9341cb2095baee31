package io.github.externalstorage.cli.gc;

import io.github.externalstorage.cli.config.ConfigException;
import io.github.externalstorage.cli.operator.AllNamespaces;
import io.github.externalstorage.cli.operator.Concurrency;
import io.github.externalstorage.cli.operator.OperatorCommand;
import io.github.externalstorage.cli.operator.OperatorConfig;
import io.github.externalstorage.lifecycle.gc.GarbageCollection;
import io.github.externalstorage.lifecycle.gc.GcResult;
import io.github.externalstorage.lifecycle.gc.GcUndoResult;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Deletes stored payloads that nothing refers to. */
@Command(
    name = "gc",
    description = {
      "Deletes stored payloads that nothing in Temporal refers to: reads every reference that"
          + " Temporal keeps, lists the buckets, and deletes what nothing refers to now, nor did a"
          + " grace period ago, and what is older than that. Without --delete, it only reports what"
          + " it would delete, and notes candidates for later runs.",
      "",
      "It always reads all namespaces of the configuration. If anything can't be read or is"
          + " unclear, it deletes nothing."
    },
    exitCodeList = {
      "0:There is nothing to delete, or all of it was deleted.",
      "1:Without --delete: there is something to delete. Or something refers to a deleted object that was"
          + " not restored. With --undo: some objects could not be restored.",
      "2:The run could not be completed. The next one continues it."
    })
public final class GcCommand extends OperatorCommand {

  @Mixin private AllNamespaces namespaces = new AllNamespaces();

  @Option(
      names = "--state",
      paramLabel = "FILE",
      required = true,
      description =
          "The file that keeps candidates and marks from one run to the next. Created if it does"
              + " not exist.")
  private Path state = Path.of("");

  @Option(
      names = "--roots",
      paramLabel = "FILE",
      description =
          "An exported history whose references count too, as 'temporal workflow show -o json'"
              + " writes it, or a folder of them; can be repeated.")
  private List<Path> roots = List.of();

  @Option(names = "--dry-run", description = "Delete nothing; the default.")
  private boolean dryRun;

  @Option(names = "--delete", description = "Delete.")
  private boolean delete;

  @Option(
      names = "--grace",
      paramLabel = "TIME",
      defaultValue = "7d",
      description =
          "How old an object must be, and for how long nothing may have referred to it. At least"
              + " 1d, and twice --cache-max-age. Default: ${DEFAULT-VALUE}.")
  private Duration grace = Duration.ofDays(7);

  @Option(
      names = "--cache-max-age",
      paramLabel = "TIME",
      defaultValue = "10m",
      description =
          "The longest 'cacheMaxAge' of any worker or client. Default: ${DEFAULT-VALUE}, which is"
              + " also that of workers.")
  private Duration cacheMaxAge = Duration.ofMinutes(10);

  @Option(
      names = "--max-objects",
      paramLabel = "N",
      description = "Delete nothing if it would be more objects than this. Default: no limit.")
  private @Nullable Long maxObjects;

  @Option(
      names = "--max-share",
      paramLabel = "PERCENT",
      defaultValue = "20",
      description =
          "Delete nothing if it would be more than this share of the objects in a bucket. Default:"
              + " ${DEFAULT-VALUE}.")
  private double maxShare;

  @Option(
      names = "--full",
      description =
          "Read the histories of closed workflow runs again, although an earlier run has read them.")
  private boolean full;

  @Option(
      names = "--undo",
      paramLabel = "RUN",
      description =
          "Restore what this run has deleted, if the storage keeps deleted objects. The number of a"
              + " run is printed at its end.")
  private @Nullable Long undo;

  @Mixin private Concurrency concurrency = new Concurrency();

  @Option(
      names = "--temporal-rps",
      paramLabel = "N",
      defaultValue = "100",
      description = "Requests to Temporal in a second, at most. Default: ${DEFAULT-VALUE}.")
  private double temporalRate;

  @Option(
      names = "--storage-rps",
      paramLabel = "N",
      defaultValue = "100",
      description = "Requests to the storage in a second, at most. Default: ${DEFAULT-VALUE}.")
  private double storageRate;

  @Option(
      names = "--json",
      description = "Print a JSON object in each line: an object, or at the end the result.")
  private boolean json;

  public GcCommand(Map<String, String> environment, Streams streams) {
    super(environment, streams);
  }

  @Override
  protected int run(OperatorConfig config) throws ConfigException {
    if (dryRun && delete) {
      throw new ConfigException("--dry-run and --delete exclude each other");
    }
    GcPrinter printer = json ? new JsonGcPrinter(out()) : new TextGcPrinter(out(), err());
    GarbageCollection gc = create(config, printer);
    if (undo != null) {
      GcUndoResult result = gc.undo(undo);
      printer.finish(result);
      return result.lost() + result.unknown() == 0 ? FINE : FOUND;
    }
    GcResult result = gc.run();
    printer.finish(result, delete);
    return result.garbage().objects() + result.lost() == 0 ? FINE : FOUND;
  }

  private GarbageCollection create(OperatorConfig config, GcPrinter printer)
      throws ConfigException {
    try {
      GarbageCollection.Builder gc =
          GarbageCollection.newBuilder(config.service(), namespaces.in(config), state)
              .setRoots(roots)
              .setDelete(delete)
              .setFull(full)
              .setGrace(grace)
              .setCacheMaxAge(cacheMaxAge)
              .setMaxShare(maxShare / 100)
              .setConcurrency(concurrency.get())
              .setTemporalRequestsPerSecond(temporalRate)
              .setStorageRequestsPerSecond(storageRate)
              .setListener(printer);
      if (maxObjects != null) {
        gc.setMaxObjects(maxObjects);
      }
      return gc.build();
    } catch (IllegalArgumentException | IllegalStateException e) {
      throw new ConfigException(String.valueOf(e.getMessage()));
    }
  }
}
