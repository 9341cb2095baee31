package io.github.externalstorage.benchmarks.micro;

import io.github.externalstorage.ExternalStorage;
import io.github.externalstorage.benchmarks.Payloads;
import io.github.externalstorage.driver.InMemoryStorageDriver;
import io.github.externalstorage.driver.StorageDriverRetrieveContext;
import io.github.externalstorage.driver.StorageDriverStoreContext;
import io.temporal.api.common.v1.Payload;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Reads a payload of 300 KiB from the cache, where this process has just stored it. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class CachedReadBenchmark {

  private final ExternalStorage storage =
      ExternalStorage.newBuilder().setDriver(InMemoryStorageDriver.newBuilder().build()).build();
  private final List<Payload> references =
      storage.store(StorageDriverStoreContext.empty(), Payloads.random(1, 1, 300 * 1024)).join();

  @Benchmark
  public List<Payload> read() {
    return storage.retrieve(StorageDriverRetrieveContext.empty(), references).join();
  }
}
