package io.github.externalstorage.benchmarks.memory;

import io.github.externalstorage.ExternalStorage;
import io.github.externalstorage.benchmarks.Commands;
import io.github.externalstorage.benchmarks.S3Settings;
import io.github.externalstorage.driver.StorageDriverRetrieveContext;
import io.github.externalstorage.driver.StorageDriverStoreContext;
import io.temporal.api.common.v1.Payload;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/** Callers of one storage, each of which creates, stores, drops, reads and drops payloads. */
public final class RoundTripProgram {

  private final HeapPeak heap = new HeapPeak();
  private final ExternalStorage storage;
  private final PayloadSource source;
  private final AtomicLong created = new AtomicLong();

  private RoundTripProgram(ExternalStorage storage, PayloadSource source) {
    this.storage = storage;
    this.source = source;
  }

  /**
   * Runs until the input ends.
   *
   * @param args the payloads' source and size; {@code cached} or {@code uncached}: whether stored
   *     payloads may be read from the cache
   */
  public static void main(String[] args) throws Exception {
    S3Settings s3 = S3Settings.fromEnvironment();
    ExternalStorage.Builder storage =
        ExternalStorage.newBuilder().setDriver(s3.newDriver(s3.newClient()));
    if (args[2].equals("uncached")) {
      storage.setCacheMaxBytes(0);
    }
    RoundTripProgram program =
        new RoundTripProgram(storage.build(), PayloadSource.of(args[0], Integer.parseInt(args[1])));
    Commands.reply("ready");
    Commands.serve(Batch.class, program::run);
    System.exit(0);
  }

  private Measured run(Batch batch) {
    heap.take();
    ExecutorService threads = Executors.newFixedThreadPool(batch.callers());
    long start = System.nanoTime();
    Stream.generate(() -> CompletableFuture.runAsync(this::roundTrip, threads))
        .limit(batch.count())
        .toList()
        .forEach(CompletableFuture::join);
    double seconds = (System.nanoTime() - start) / 1e9;
    threads.shutdown();
    return new Measured(seconds, heap.take());
  }

  /**
   * No variable refers to a payload, so that it can be collected as soon as the storage releases
   * it.
   */
  private void roundTrip() {
    List<Payload> references = store(source.create(created.incrementAndGet())).join();
    storage.retrieve(StorageDriverRetrieveContext.empty(), references).join();
  }

  private CompletableFuture<List<Payload>> store(Payload payload) {
    return storage.store(StorageDriverStoreContext.empty(), List.of(payload));
  }

  /** The command. */
  record Batch(int callers, int count) {}

  /** The response. */
  record Measured(double seconds, long heapMebibytes) {}
}
