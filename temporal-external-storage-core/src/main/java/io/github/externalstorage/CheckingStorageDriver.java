package io.github.externalstorage;

import io.github.externalstorage.StorageException.Reason;
import io.temporal.api.common.v1.Payload;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * The innermost layer: holds a driver to its contract, so that no other layer has to doubt its
 * answers.
 */
final class CheckingStorageDriver extends ForwardingStorageDriver {

  CheckingStorageDriver(StorageDriver driver) {
    super(driver);
  }

  @Override
  public CompletableFuture<List<StorageDriverClaim>> store(
      StorageDriverStoreContext context, List<Payload> payloads) {
    return Futures.map(
        Futures.call(() -> driver.store(context, payloads)),
        claims -> requireSameCount(claims, "claims", payloads, "payloads"));
  }

  @Override
  public CompletableFuture<List<Payload>> retrieve(
      StorageDriverRetrieveContext context, List<StorageDriverClaim> claims) {
    return Futures.map(
        Futures.call(() -> driver.retrieve(context, claims)),
        payloads -> {
          requireSameCount(payloads, "payloads", claims, "claims");
          payloads.forEach(this::requireNoReference);
          return payloads;
        });
  }

  private <T> List<T> requireSameCount(
      List<T> answers, String answered, List<?> questions, String asked) {
    if (answers.size() != questions.size()) {
      throw new StorageException(
          Reason.MISCONFIGURED,
          "The storage driver '%s' returned %s %s for %s %s"
              .formatted(getName(), answers.size(), answered, questions.size(), asked));
    }
    return answers;
  }

  /** No SDK stores a reference, so one that comes back was planted. */
  private void requireNoReference(Payload payload) {
    if (StorageReference.isReference(payload) || MarkedReference.isMarked(payload)) {
      throw new StorageException(
          Reason.CORRUPTED,
          "What the storage driver '%s' retrieved is itself a reference; references to references are refused"
              .formatted(getName()));
    }
  }
}
