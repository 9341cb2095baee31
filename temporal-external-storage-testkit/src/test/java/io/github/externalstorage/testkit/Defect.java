package io.github.externalstorage.testkit;

import com.google.common.collect.Lists;
import com.google.protobuf.ByteString;
import io.github.externalstorage.driver.InMemoryStorageDriver;
import io.github.externalstorage.driver.StorageDriverClaim;
import io.github.externalstorage.driver.StorageDriverRetrieveContext;
import io.github.externalstorage.driver.StorageDriverStoreContext;
import io.github.externalstorage.driver.StorageException;
import io.github.externalstorage.driver.StorageException.Reason;
import io.temporal.api.common.v1.Payload;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** What authors of drivers get wrong. */
enum Defect {
  REVERSES_BATCHES("keepsTheOrderOfABatch") {
    @Override
    CompletableFuture<List<Payload>> retrieve(
        BrokenDriver driver,
        StorageDriverRetrieveContext context,
        List<StorageDriverClaim> claims) {
      return super.retrieve(driver, context, claims).thenApply(Lists::reverse);
    }
  },

  STORES_EQUAL_PAYLOADS_AS_ONE("keepsEqualPayloadsOfABatch") {
    @Override
    CompletableFuture<List<StorageDriverClaim>> store(
        BrokenDriver driver, StorageDriverStoreContext context, List<Payload> payloads) {
      return super.store(driver, context, payloads.stream().distinct().toList());
    }
  },

  LOSES_METADATA("keepsEveryPartOfAPayload") {
    @Override
    CompletableFuture<List<StorageDriverClaim>> store(
        BrokenDriver driver, StorageDriverStoreContext context, List<Payload> payloads) {
      return super.store(
          driver,
          context,
          Lists.transform(payloads, payload -> payload.toBuilder().clearMetadata().build()));
    }
  },

  /** Reads buffers from their beginning instead of their position. */
  STORES_MEMORY_OF_OTHERS("keepsBytesWhereverTheyLieInMemory") {
    @Override
    CompletableFuture<List<StorageDriverClaim>> store(
        BrokenDriver driver, StorageDriverStoreContext context, List<Payload> payloads) {
      return super.store(
          driver,
          context,
          Lists.transform(
              payloads,
              payload -> {
                ByteBuffer data = payload.getData().asReadOnlyByteBuffer();
                return payload.toBuilder()
                    .setData(ByteString.copyFrom(data.slice(0, data.limit())))
                    .build();
              }));
    }
  },

  DOES_NOT_STORE_AGAIN("reportsAMissingObject") {
    @Override
    CompletableFuture<List<StorageDriverClaim>> store(
        BrokenDriver driver, StorageDriverStoreContext context, List<Payload> payloads) {
      return driver
          .memory
          .computeIfAbsent(payloads, first -> super.store(driver, context, first))
          .copy();
    }
  },

  SHARES_FUTURES_OF_EQUAL_PAYLOADS("aCancelledStoreLeavesOthersAlone") {
    @Override
    CompletableFuture<List<StorageDriverClaim>> store(
        BrokenDriver driver, StorageDriverStoreContext context, List<Payload> payloads) {
      return driver.memory.computeIfAbsent(
          payloads, first -> whenWaitedFor(super.store(driver, context, first)));
    }
  },

  IGNORES_ITS_LIMIT("refusesOnlyPayloadsOverItsLimit") {
    @Override
    CompletableFuture<List<StorageDriverClaim>> store(
        BrokenDriver driver, StorageDriverStoreContext context, List<Payload> payloads) {
      InMemoryStorageDriver unlimited = InMemoryStorageDriver.newBuilder().build();
      return unlimited
          .store(context, payloads)
          .whenComplete(
              (claims, failure) -> driver.storage.getObjects().putAll(unlimited.getObjects()));
    }
  },

  KEEPS_THE_ROOM_THAT_IT_RESERVES("givesBackTheRoomThatItReserves") {
    @Override
    CompletableFuture<List<Payload>> retrieve(
        BrokenDriver driver,
        StorageDriverRetrieveContext context,
        List<StorageDriverClaim> claims) {
      return context.reserve(1).thenCompose(reservation -> super.retrieve(driver, context, claims));
    }
  },

  NEVER_ENDS_WHEN_CANCELLED("aStoreEndsWhenItsTokenIsCancelled") {
    @Override
    CompletableFuture<List<StorageDriverClaim>> store(
        BrokenDriver driver, StorageDriverStoreContext context, List<Payload> payloads) {
      return context.getCancellationToken().isCancellationRequested()
          ? new CompletableFuture<>()
          : super.store(driver, context, payloads);
    }
  },

  THROWS_INSTEAD_OF_FAILING_ITS_FUTURE("refusesMalformedClaims") {
    @Override
    CompletableFuture<List<Payload>> retrieve(
        BrokenDriver driver,
        StorageDriverRetrieveContext context,
        List<StorageDriverClaim> claims) {
      claims.forEach(driver::validateClaim);
      return super.retrieve(driver, context, claims);
    }
  },

  DOES_NOT_TRANSLATE_FAILURES("reportsAMissingObject") {
    @Override
    CompletableFuture<List<Payload>> retrieve(
        BrokenDriver driver,
        StorageDriverRetrieveContext context,
        List<StorageDriverClaim> claims) {
      return super.retrieve(driver, context, claims)
          .exceptionally(
              failure -> {
                throw new CompletionException(new IOException("Status 404"));
              });
    }
  },

  SHOWS_CONTENT_IN_FAILURES("reportsADamagedObject") {
    @Override
    CompletableFuture<List<Payload>> retrieve(
        BrokenDriver driver,
        StorageDriverRetrieveContext context,
        List<StorageDriverClaim> claims) {
      return super.retrieve(driver, context, claims)
          .exceptionally(
              failure -> {
                throw new StorageException(
                    ((StorageException) failure).getReason(),
                    driver.storage.getObjects().values().stream()
                        .map(object -> object.toStringUtf8())
                        .toList()
                        .toString());
              });
    }
  },

  DOES_NOT_VERIFY_WHAT_IT_READS("reportsADamagedObject") {
    @Override
    CompletableFuture<List<Payload>> retrieve(
        BrokenDriver driver,
        StorageDriverRetrieveContext context,
        List<StorageDriverClaim> claims) {
      return super.retrieve(driver, context, claims)
          .exceptionally(
              failure -> {
                if (((StorageException) failure).getReason() == Reason.CORRUPTED) {
                  return Lists.transform(claims, claim -> Payload.getDefaultInstance());
                }
                throw new CompletionException(failure);
              });
    }
  },

  VALIDATES_NO_CLAIM("refusesForeignClaims") {
    @Override
    void validateClaim(BrokenDriver driver, StorageDriverClaim claim) {}
  },

  TELLS_A_WRONG_CLAIM("keepsPayloadsOfAnyTarget") {
    @Override
    Optional<StorageDriverClaim> getClaim(
        BrokenDriver driver, StorageDriverStoreContext context, Payload payload) {
      return super.getClaim(driver, StorageDriverStoreContext.empty(), payload);
    }
  },

  NAMES_A_WRONG_NAMESPACE("keepsPayloadsOfAnyTarget") {
    @Override
    Optional<String> getNamespace(BrokenDriver driver, StorageDriverClaim claim) {
      return Optional.of("default");
    }
  };

  private final String foundBy;

  Defect(String foundBy) {
    this.foundBy = foundBy;
  }

  /** Whether tests have to wait in vain, so that they should not wait long. */
  boolean hangs() {
    return this == NEVER_ENDS_WHEN_CANCELLED || this == KEEPS_THE_ROOM_THAT_IT_RESERVES;
  }

  /** The test that must fail; others may, too. */
  String foundBy() {
    return foundBy;
  }

  CompletableFuture<List<StorageDriverClaim>> store(
      BrokenDriver driver, StorageDriverStoreContext context, List<Payload> payloads) {
    return driver.storage.store(context, payloads);
  }

  CompletableFuture<List<Payload>> retrieve(
      BrokenDriver driver, StorageDriverRetrieveContext context, List<StorageDriverClaim> claims) {
    return driver.storage.retrieve(context, claims);
  }

  Optional<StorageDriverClaim> getClaim(
      BrokenDriver driver, StorageDriverStoreContext context, Payload payload) {
    return driver.storage.getClaim(context, payload);
  }

  void validateClaim(BrokenDriver driver, StorageDriverClaim claim) {
    driver.storage.validateClaim(claim);
  }

  Optional<String> getNamespace(BrokenDriver driver, StorageDriverClaim claim) {
    return driver.storage.getNamespace(claim);
  }

  /** A future that is still open, and can be cancelled, until someone waits for it. */
  private static <T> CompletableFuture<T> whenWaitedFor(CompletableFuture<T> result) {
    return new CompletableFuture<>() {
      @Override
      public T get(long timeout, TimeUnit unit)
          throws InterruptedException, ExecutionException, TimeoutException {
        complete(result.join());
        return super.get(timeout, unit);
      }
    };
  }
}
