package io.github.externalstorage.benchmarks.micro;

import io.github.externalstorage.benchmarks.Payloads;
import io.github.externalstorage.benchmarks.S3Settings;
import io.github.externalstorage.driver.StorageDriverClaim;
import io.github.externalstorage.driver.StorageDriverStoreContext;
import io.github.externalstorage.driver.StorageDriverWorkflowInfo;
import io.github.externalstorage.s3.S3StorageDriver;
import io.temporal.api.common.v1.Payload;
import java.net.URI;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import software.amazon.awssdk.services.s3.S3AsyncClient;

/**
 * Computes the object key of a payload, including its SHA-256: for a tiny payload, and for 300 KiB.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class KeyBenchmark {

  @Param({"16", "307200"})
  public int size = 16;

  private final S3Settings s3 = new S3Settings(URI.create("http://127.0.0.1"), "bucket");
  private final S3AsyncClient client = s3.newClient();
  private final S3StorageDriver driver = s3.newDriver(client);
  private final StorageDriverStoreContext context =
      StorageDriverStoreContext.of(
          new StorageDriverWorkflowInfo(
              "default",
              "external-storage-20260101-000000",
              "01a2045d-9fe3-7d6d-81b6-2c006348c910",
              "ProcessOrderBatchWorkflow"));
  private Payload payload = Payload.getDefaultInstance();

  @Setup
  public void create() {
    payload = Payloads.random(1, size);
  }

  @TearDown
  public void close() {
    client.close();
  }

  @Benchmark
  public Optional<StorageDriverClaim> claim() {
    return driver.getClaim(context, payload);
  }
}
