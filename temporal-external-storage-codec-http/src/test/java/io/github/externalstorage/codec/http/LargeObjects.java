package io.github.externalstorage.codec.http;

import com.google.protobuf.UnsafeByteOperations;
import io.github.externalstorage.driver.StorageDriver;
import io.github.externalstorage.driver.StorageDriverClaim;
import io.github.externalstorage.driver.StorageDriverRetrieveContext;
import io.github.externalstorage.driver.StorageDriverStoreContext;
import io.github.externalstorage.reference.StorageReference;
import io.temporal.api.common.v1.Payload;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Has a large object for every claim, and needs memory of its own for each retrieval. */
final class LargeObjects implements StorageDriver {

  private static final int DATA_SIZE = 40 << 20;
  private static final String NAME = "large";

  /**
   * A reference to one of the objects.
   *
   * @param sizeBytes what it states, 0 for nothing
   */
  static Payload reference(int number, long sizeBytes) {
    StorageDriverClaim claim = new StorageDriverClaim(Map.of("number", Integer.toString(number)));
    return new StorageReference(NAME, claim, sizeBytes).toPayload();
  }

  static long payloadSize() {
    return payload().getSerializedSize();
  }

  private static Payload payload() {
    return Payload.newBuilder()
        .setData(UnsafeByteOperations.unsafeWrap(new byte[DATA_SIZE]))
        .build();
  }

  @Override
  public String getName() {
    return NAME;
  }

  @Override
  public String getType() {
    return NAME;
  }

  @Override
  public Optional<String> getNamespace(StorageDriverClaim claim) {
    return Optional.of("default");
  }

  @Override
  public CompletableFuture<StorageDriverClaim> store(
      StorageDriverStoreContext context, Payload payload) {
    throw new UnsupportedOperationException();
  }

  @Override
  public CompletableFuture<Payload> retrieve(
      StorageDriverRetrieveContext context, StorageDriverClaim claim) {
    return context.reserve(DATA_SIZE).thenApply(reserved -> payload());
  }
}
