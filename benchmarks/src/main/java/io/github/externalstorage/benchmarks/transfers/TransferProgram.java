package io.github.externalstorage.benchmarks.transfers;

import io.github.externalstorage.ExternalStorage;
import io.github.externalstorage.benchmarks.Commands;
import io.github.externalstorage.benchmarks.Payloads;
import io.github.externalstorage.benchmarks.S3Settings;
import io.github.externalstorage.driver.StorageDriver;
import io.github.externalstorage.driver.StorageDriverClaim;
import io.github.externalstorage.driver.StorageDriverStoreContext;
import io.temporal.api.common.v1.Payload;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Function;
import java.util.function.Supplier;
import software.amazon.awssdk.services.s3.S3AsyncClient;

/** Measures one contender at a time, all on the same client. */
public final class TransferProgram {

  private static final int RETRIES = 3;

  private final ConcurrentMap<URI, S3AsyncClient> clients = new ConcurrentHashMap<>();

  private TransferProgram() {}

  /** Runs until the input ends. */
  public static void main(String[] args) throws Exception {
    Commands.reply("ready");
    Commands.serve(Transfer.class, new TransferProgram()::run);
    System.exit(0);
  }

  private Object run(Transfer transfer) {
    S3Settings s3 = new S3Settings(transfer.endpoint(), transfer.bucket());
    S3AsyncClient client = clients.computeIfAbsent(s3.endpoint(), url -> s3.newClient());
    StorageDriver driver = s3.newDriver(client);
    Contender contender =
        switch (transfer.contender()) {
          case "library" -> new LibraryContender(ExternalStorage.newBuilder(), driver);
          case "uncached" ->
              new LibraryContender(ExternalStorage.newBuilder().setCacheMaxBytes(0), driver);
          case "head-then-put" -> new HeadThenPutContender(client, s3.bucket());
          case "raw" -> new RawContender(client, s3.bucket(), false);
          case "raw-checksum" -> new RawContender(client, s3.bucket(), true);
          default -> throw new IllegalArgumentException(transfer.contender());
        };
    return transfer.claims().isEmpty()
        ? store(transfer, driver, contender)
        : retrieve(transfer, contender);
  }

  private static Measured store(Transfer transfer, StorageDriver driver, Contender contender) {
    List<Payload> payloads = Payloads.random(transfer.seed(), transfer.count(), transfer.size());
    double seconds = seconds(payloads, transfer.atOnce(), contender::store);
    return new Measured(
        seconds,
        payloads.stream()
            .map(it -> driver.getClaim(StorageDriverStoreContext.empty(), it).orElseThrow())
            .map(StorageDriverClaim::getClaimData)
            .toList());
  }

  private static Measured retrieve(Transfer transfer, Contender contender) {
    List<Supplier<CompletableFuture<?>>> retrievals =
        transfer.claims().stream().map(StorageDriverClaim::new).map(contender::retrieval).toList();
    return new Measured(seconds(retrievals, transfer.atOnce(), Supplier::get), transfer.claims());
  }

  private static <T> double seconds(
      List<T> items, int atOnce, Function<T, CompletableFuture<?>> operation) {
    Queue<CompletableFuture<?>> running = new ArrayDeque<>();
    long start = System.nanoTime();
    for (T item : items) {
      if (running.size() == atOnce) {
        running.remove().join();
      }
      running.add(attempt(item, operation, RETRIES));
    }
    running.forEach(CompletableFuture::join);
    return (System.nanoTime() - start) / 1e9;
  }

  /**
   * Retries failed requests, which the client leaves to the library: servers sometimes close
   * connections.
   */
  private static <T> CompletableFuture<?> attempt(
      T item, Function<T, CompletableFuture<?>> operation, int retries) {
    return operation
        .apply(item)
        .<CompletableFuture<?>>handle(
            (done, failure) ->
                failure == null
                    ? CompletableFuture.completedFuture(done)
                    : retries == 0
                        ? CompletableFuture.failedFuture(failure)
                        : attempt(item, operation, retries - 1))
        .thenCompose(outcome -> outcome);
  }

  /**
   * The command.
   *
   * @param seed determines the content of the payloads
   * @param claims the claims to retrieve; if empty, payloads are stored
   */
  record Transfer(
      String contender,
      URI endpoint,
      String bucket,
      int atOnce,
      long seed,
      int count,
      int size,
      List<Map<String, String>> claims) {}

  /** The response. */
  record Measured(double seconds, List<Map<String, String>> claims) {}
}
