package io.github.externalstorage.benchmarks.micro;

import io.github.externalstorage.driver.StorageDriverClaim;
import io.github.externalstorage.reference.StorageReference;
import io.temporal.api.common.v1.Payload;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** A reference to an object in S3. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class ReferenceBenchmark {

  private final StorageReference reference =
      new StorageReference(
          "aws.s3driver",
          new StorageDriverClaim(
              Map.of(
                  "bucket",
                  "temporal-payloads",
                  "key",
                  "v0/ns/default/wt/ProcessOrderBatchWorkflow/wi/external-storage-20260101-000000"
                      + "/ri/01a2045d-9fe3-7d6d-81b6-2c006348c910/d/sha256/"
                      + "5feceb66ffc86f38d952786c6d696c79c2dbc239dd4e91b46729d73a27fb57e9",
                  "hash_algorithm",
                  "sha256",
                  "hash_value",
                  "5feceb66ffc86f38d952786c6d696c79c2dbc239dd4e91b46729d73a27fb57e9")),
          434_826);
  private final Payload payload = reference.toPayload();

  @Benchmark
  public Payload encode() {
    return reference.toPayload();
  }

  @Benchmark
  public Optional<StorageReference> decode() {
    return StorageReference.parse(payload);
  }
}
