package io.github.externalstorage.s3;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import io.github.externalstorage.ExternalStorage;
import io.github.externalstorage.driver.StorageDriverRetrieveContext;
import io.github.externalstorage.driver.StorageDriverStoreContext;
import io.temporal.api.common.v1.Payload;
import java.net.URI;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import software.amazon.awssdk.services.s3.S3AsyncClient;

/** Stores and reads payloads with the defaults, in a separate process with its own heap. */
final class SmallHeapProgram {

  static final int PAYLOADS = 20;

  private final ExternalStorage storage;
  private final int size;

  private SmallHeapProgram(S3AsyncClient client, int size) {
    this.size = size;
    storage =
        ExternalStorage.newBuilder()
            .setDriver(
                S3StorageDriver.newBuilder().setClient(client).setBucket(Samples.BUCKET).build())
            .build();
  }

  /**
   * Exits with status 0 if all payloads arrive unchanged.
   *
   * @param args the endpoint of S3; the client, {@code plain} or {@code tuned}; the number of
   *     payloads that are stored and read concurrently; the size of each in MiB
   */
  public static void main(String[] args) {
    URI endpoint = URI.create(args[0]);
    S3AsyncClient client =
        args[1].equals("plain")
            ? TestClients.plain(endpoint).build()
            : TestClients.tuned(endpoint).build();
    SmallHeapProgram program = new SmallHeapProgram(client, Integer.parseInt(args[3]) << 20);
    ExecutorService callers = Executors.newFixedThreadPool(Integer.parseInt(args[2]));
    long failed =
        IntStream.range(0, PAYLOADS)
            .mapToObj(seed -> CompletableFuture.runAsync(() -> program.roundTrip(seed), callers))
            .toList()
            .stream()
            .filter(SmallHeapProgram::fails)
            .count();
    System.out.println(PAYLOADS - failed + " of " + PAYLOADS);
    System.exit(failed == 0 ? 0 : 1);
  }

  private static boolean fails(CompletableFuture<Void> call) {
    return call.handle((done, failure) -> failure)
            .thenApply(
                failure -> {
                  if (failure != null) {
                    System.out.println(failure);
                  }
                  return failure;
                })
            .join()
        != null;
  }

  /** No variable refers to a payload while the next one is created. */
  private void roundTrip(int seed) {
    List<Payload> references =
        storage.store(StorageDriverStoreContext.empty(), List.of(payload(seed))).join();
    Payload retrieved =
        storage.retrieve(StorageDriverRetrieveContext.empty(), references).join().get(0);
    if (retrieved.getData().size() != size) {
      throw new IllegalStateException("Not what was stored");
    }
  }

  private Payload payload(int seed) {
    byte[] data = new byte[size];
    new Random(seed).nextBytes(data);
    return Payload.newBuilder()
        .putMetadata("encoding", ByteString.copyFromUtf8("binary/plain"))
        .setData(UnsafeByteOperations.unsafeWrap(data))
        .build();
  }
}
