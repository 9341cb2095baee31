package io.github.externalstorage.internal.layers;

import io.github.externalstorage.driver.StorageDriver;
import io.github.externalstorage.driver.StorageDriverClaim;
import io.github.externalstorage.driver.StorageDriverRetrieveContext;
import io.github.externalstorage.driver.StorageDriverStoreContext;
import io.github.externalstorage.driver.StorageException;
import io.github.externalstorage.driver.StorageException.Reason;
import io.github.externalstorage.internal.futures.Futures;
import io.github.externalstorage.reference.MarkedReference;
import io.github.externalstorage.reference.StorageReference;
import io.temporal.api.common.v1.Payload;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The innermost layer: holds a driver to its contract, so that no other layer has to doubt its
 * answers.
 */
public final class CheckingStorageDriver extends ForwardingStorageDriver {

  CheckingStorageDriver(StorageDriver driver) {
    super(driver);
  }

  @Override
  public CompletableFuture<List<StorageDriverClaim>> store(
      StorageDriverStoreContext context, List<Payload> payloads) {
    return Futures.map(
        Futures.call(() -> requireFuture(driver.store(context, payloads))),
        claims -> requireOneForEach(payloads, "payloads", claims, "claims"));
  }

  @Override
  public CompletableFuture<List<Payload>> retrieve(
      StorageDriverRetrieveContext context, List<StorageDriverClaim> claims) {
    return Futures.map(
        Futures.call(() -> requireFuture(driver.retrieve(context, claims))),
        payloads -> {
          requireOneForEach(claims, "claims", payloads, "payloads");
          payloads.forEach(this::requireNoReference);
          return payloads;
        });
  }

  private <T> CompletableFuture<T> requireFuture(@Nullable CompletableFuture<T> future) {
    if (future == null) {
      throw misbehaved("returned null instead of a future");
    }
    return future;
  }

  private <T> List<T> requireOneForEach(
      List<?> questions, String asked, @Nullable List<T> answers, String answered) {
    if (answers == null) {
      throw misbehaved("returned null instead of " + answered);
    }
    if (answers.size() != questions.size()) {
      throw misbehaved(
          "returned %s %s for %s %s".formatted(answers.size(), answered, questions.size(), asked));
    }
    for (T answer : answers) {
      if (answer == null) {
        throw misbehaved("returned null among its " + answered);
      }
    }
    return answers;
  }

  private StorageException misbehaved(String how) {
    return new StorageException(
        Reason.MISCONFIGURED, "The storage driver '%s' %s".formatted(getName(), how));
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
