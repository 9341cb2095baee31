package io.github.externalstorage.benchmarks.bursts;

import io.github.externalstorage.ExternalStorage;
import io.github.externalstorage.benchmarks.Commands;
import io.github.externalstorage.benchmarks.Payloads;
import io.github.externalstorage.driver.StorageDriverRetrieveContext;
import io.github.externalstorage.driver.StorageDriverStoreContext;
import io.github.externalstorage.s3.S3StorageClientBuilder;
import io.github.externalstorage.s3.S3StorageDriver;
import io.temporal.api.common.v1.Payload;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.async.AsyncRequestBody;
import software.amazon.awssdk.core.async.AsyncResponseTransformer;
import software.amazon.awssdk.http.nio.netty.NettyNioAsyncHttpClient;
import software.amazon.awssdk.services.s3.S3AsyncClient;

/** Stores many payloads at once, then reads them, with default clients. */
public final class BurstProgram {

  private static final String BUCKET = "bursts";

  private BurstProgram() {}

  /** Runs until the input ends. */
  public static void main(String[] args) throws Exception {
    Commands.reply("ready");
    Commands.serve(Burst.class, BurstProgram::run);
    System.exit(0);
  }

  private static Measured run(Burst burst) {
    List<Payload> payloads = Payloads.random(burst.seed(), burst.count(), burst.size());
    try (S3AsyncClient client =
        burst.contender().equals("tuned") ? tuned(burst) : withDefaults(burst)) {
      return burst.contender().equals("plain")
          ? plain(client, payloads)
          : library(client, payloads);
    }
  }

  /** Raised, since the plain AWS client fails requests that wait for a connection for 10 s. */
  private static S3AsyncClient withDefaults(Burst burst) {
    NettyNioAsyncHttpClient.Builder http = NettyNioAsyncHttpClient.builder();
    if (burst.connections() > 0) {
      http.maxConcurrency(burst.connections());
    }
    if (burst.contender().equals("plain")) {
      http.connectionAcquisitionTimeout(Duration.ofMinutes(1));
    }
    return S3AsyncClient.builder()
        .endpointOverride(burst.endpoint())
        .forcePathStyle(true)
        .httpClientBuilder(http)
        .build();
  }

  private static S3AsyncClient tuned(Burst burst) {
    S3StorageClientBuilder client =
        S3StorageClientBuilder.newBuilder().setEndpoint(burst.endpoint());
    return (burst.connections() == 0 ? client : client.setMaxConcurrency(burst.connections()))
        .build();
  }

  private static Measured plain(S3AsyncClient client, List<Payload> payloads) {
    return measure(
        payloads,
        i ->
            client.putObject(
                it -> it.bucket(BUCKET).key("plain/" + i),
                AsyncRequestBody.fromBytesUnsafe(payloads.get(i).toByteArray())),
        i ->
            client.getObject(
                it -> it.bucket(BUCKET).key("plain/" + i), AsyncResponseTransformer.toBytes()));
  }

  private static Measured library(S3AsyncClient client, List<Payload> payloads) {
    S3StorageDriver driver =
        S3StorageDriver.newBuilder().setClient(client).setBucket(BUCKET).build();
    ExternalStorage storage =
        ExternalStorage.newBuilder().setDriver(driver).setCacheMaxBytes(0).build();
    Payload[] references = new Payload[payloads.size()];
    return measure(
        payloads,
        i ->
            storage
                .store(StorageDriverStoreContext.empty(), List.of(payloads.get(i)))
                .thenAccept(stored -> references[i] = stored.get(0)),
        i -> storage.retrieve(StorageDriverRetrieveContext.empty(), List.of(references[i])));
  }

  private static Measured measure(
      List<Payload> payloads,
      Function<Integer, CompletableFuture<?>> store,
      Function<Integer, CompletableFuture<?>> retrieve) {
    Outcome stored = Outcome.of(payloads.size(), store);
    Outcome retrieved = stored.failed() > 0 ? stored : Outcome.of(payloads.size(), retrieve);
    return new Measured(stored, retrieved);
  }

  /**
   * The command.
   *
   * @param contender {@code plain}: the AWS client; {@code library}: the library with the same
   *     client; {@code tuned}: the library with a client of its own builder
   * @param connections the size of the client's connection pool; 0 means its default
   */
  record Burst(String contender, URI endpoint, int connections, long seed, int count, int size) {}

  /** The response. */
  record Measured(Outcome stored, Outcome retrieved) {}

  /** The total time, and the number of failures. */
  record Outcome(double seconds, int failed, @Nullable String failure) {

    private static Outcome of(int count, Function<Integer, CompletableFuture<?>> operation) {
      long start = System.nanoTime();
      List<CompletableFuture<?>> calls =
          IntStream.range(0, count).<CompletableFuture<?>>mapToObj(operation::apply).toList();
      int failed = 0;
      String failure = null;
      for (CompletableFuture<?> call : calls) {
        try {
          call.join();
        } catch (CompletionException e) {
          failed++;
          failure = e.getMessage();
        }
      }
      return new Outcome((System.nanoTime() - start) / 1e9, failed, failure);
    }
  }
}
