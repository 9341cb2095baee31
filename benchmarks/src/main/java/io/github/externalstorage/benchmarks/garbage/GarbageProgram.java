package io.github.externalstorage.benchmarks.garbage;

import io.github.externalstorage.ExternalStorage;
import io.github.externalstorage.lifecycle.NamespaceStorage;
import io.github.externalstorage.lifecycle.gc.GarbageCollection;
import io.github.externalstorage.lifecycle.gc.GcResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Collects garbage twice, and prints the time, the peak of the process's memory, and the requests.
 * Arguments: the numbers of objects and of workflow runs. Nothing refers to one object in ten.
 */
public final class GarbageProgram {

  private GarbageProgram() {}

  public static void main(String[] args) throws IOException {
    long objects = args.length > 0 ? Long.parseLong(args[0]) : 1_000_000;
    int runs = args.length > 1 ? Integer.parseInt(args[1]) : 100_000;
    Path folder = Files.createTempDirectory("garbage");
    GeneratedBucket bucket = new GeneratedBucket(objects);
    Instant start = GeneratedBucket.WRITTEN_AT.plus(Duration.ofDays(30));
    try (GeneratedServer server = new GeneratedServer(bucket, runs)) {
      NamespaceStorage namespace =
          NamespaceStorage.newBuilder(
                  GeneratedBucket.NAMESPACE,
                  ExternalStorage.newBuilder().setDriver(bucket).setCacheMaxBytes(0).build())
              .build();
      for (int run = 0; run < 2; run++) {
        Instant now = start.plus(Duration.ofDays(8L * run));
        long begin = System.nanoTime();
        long calls = server.calls();
        long requests = bucket.requests();
        GcResult result =
            GarbageCollection.newBuilder(
                    server.stubs(), List.of(namespace), folder.resolve("gc.db"))
                .setClock(() -> now)
                .setTemporalRequestsPerSecond(1e9)
                .setStorageRequestsPerSecond(1e9)
                .setDelete(true)
                .build()
                .run();
        System.out.printf(
            "%,d objects, %,d runs (%,d kept), %,d references, %,d deleted: %.1f s, %,d calls of"
                + " Temporal, %,d of the storage, state file %,d MB, peak memory %s%n",
            result.objects(),
            result.workflowRuns(),
            result.keptRuns(),
            result.references(),
            result.deleted().objects(),
            (System.nanoTime() - begin) / 1e9,
            server.calls() - calls,
            bucket.requests() - requests,
            Files.size(folder.resolve("gc.db")) >> 20,
            peakMemory());
      }
    } finally {
      for (String file : List.of("gc.db", "gc.db-wal")) {
        Files.deleteIfExists(folder.resolve(file));
      }
      Files.deleteIfExists(folder);
    }
    System.exit(0);
  }

  /** Of the whole process, on Linux. */
  private static String peakMemory() throws IOException {
    Path status = Path.of("/proc/self/status");
    if (!Files.exists(status)) {
      return "unknown";
    }
    return Files.readAllLines(status).stream()
        .filter(line -> line.startsWith("VmHWM:"))
        .map(line -> line.replaceFirst("VmHWM:\\s+", ""))
        .findFirst()
        .orElse("unknown");
  }
}
