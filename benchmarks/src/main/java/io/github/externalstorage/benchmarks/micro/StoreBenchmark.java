package io.github.externalstorage.benchmarks.micro;

import io.github.externalstorage.ExternalStorage;
import io.github.externalstorage.benchmarks.Payloads;
import io.github.externalstorage.driver.StorageDriverStoreContext;
import io.github.externalstorage.s3.S3StorageDriver;
import io.temporal.api.common.v1.Payload;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import software.amazon.awssdk.core.async.AsyncRequestBody;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;

/**
 * Stores a payload of 300 KiB with a client that sends nothing: what the caller's thread has to do,
 * most of which is the SHA-256. With the cache it takes about as long as without, since a payload
 * is hashed once.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class StoreBenchmark {

  @Param({"CACHE", "NO_CACHE"})
  public String cache = "CACHE";

  private final List<Payload> payloads = Payloads.random(1, 1, 300 * 1024);
  private ExternalStorage storage = storage().build();

  @Setup
  public void create() {
    storage = (cache.equals("CACHE") ? storage() : storage().setCacheMaxBytes(0)).build();
  }

  /** With a cache whose objects are too old at once, so that each payload is stored. */
  private static ExternalStorage.Builder storage() {
    return ExternalStorage.newBuilder()
        .setDriver(
            S3StorageDriver.newBuilder().setClient(new IdleClient()).setBucket("bucket").build())
        .setCacheMaxAge(Duration.ofNanos(1));
  }

  @Benchmark
  public List<Payload> store() {
    return storage.store(StorageDriverStoreContext.empty(), payloads).join();
  }

  private static final class IdleClient implements S3AsyncClient {

    @Override
    public CompletableFuture<PutObjectResponse> putObject(
        PutObjectRequest request, AsyncRequestBody body) {
      return CompletableFuture.completedFuture(PutObjectResponse.builder().build());
    }

    @Override
    public String serviceName() {
      return "s3";
    }

    @Override
    public void close() {}
  }
}
