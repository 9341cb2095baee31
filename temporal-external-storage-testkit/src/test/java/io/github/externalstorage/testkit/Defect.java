package io.github.externalstorage.testkit;

import com.google.protobuf.ByteString;
import io.github.externalstorage.driver.InMemoryStorageDriver;
import io.github.externalstorage.driver.ListObjectsRequest;
import io.github.externalstorage.driver.ListedObject;
import io.github.externalstorage.driver.ObjectDeletion;
import io.github.externalstorage.driver.ObjectPage;
import io.github.externalstorage.driver.StorageDriverClaim;
import io.github.externalstorage.driver.StorageDriverRetrieveContext;
import io.github.externalstorage.driver.StorageDriverStoreContext;
import io.github.externalstorage.driver.StorageException;
import io.github.externalstorage.driver.StorageException.Reason;
import io.github.externalstorage.driver.StoredObject;
import io.temporal.api.common.v1.Payload;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Typical defects of drivers. */
enum Defect {
  MIXES_UP_CALLS("keepsManyPayloadsAtOnce") {
    @Override
    CompletableFuture<Payload> retrieve(
        BrokenDriver driver, StorageDriverRetrieveContext context, StorageDriverClaim claim) {
      StorageDriverClaim last = driver.lastRetrieved.getAndSet(claim);
      return super.retrieve(driver, context, last == null ? claim : last);
    }
  },

  LOSES_METADATA("keepsEveryPartOfAPayload") {
    @Override
    CompletableFuture<StorageDriverClaim> store(
        BrokenDriver driver, StorageDriverStoreContext context, Payload payload) {
      return super.store(driver, context, payload.toBuilder().clearMetadata().build());
    }
  },

  /** Reads buffers from their beginning instead of their position. */
  STORES_MEMORY_OF_OTHERS("keepsBytesWhereverTheyLieInMemory") {
    @Override
    CompletableFuture<StorageDriverClaim> store(
        BrokenDriver driver, StorageDriverStoreContext context, Payload payload) {
      ByteBuffer data = payload.getData().asReadOnlyByteBuffer();
      return super.store(
          driver,
          context,
          payload.toBuilder().setData(ByteString.copyFrom(data.slice(0, data.limit()))).build());
    }
  },

  DOES_NOT_STORE_AGAIN("reportsAMissingObject") {
    @Override
    CompletableFuture<StorageDriverClaim> store(
        BrokenDriver driver, StorageDriverStoreContext context, Payload payload) {
      return driver
          .stored
          .computeIfAbsent(payload, first -> super.store(driver, context, first))
          .copy();
    }
  },

  SHARES_FUTURES_OF_EQUAL_PAYLOADS("aCancelledStoreLeavesOthersAlone") {
    @Override
    CompletableFuture<StorageDriverClaim> store(
        BrokenDriver driver, StorageDriverStoreContext context, Payload payload) {
      return driver.stored.computeIfAbsent(
          payload, first -> whenWaitedFor(super.store(driver, context, first)));
    }
  },

  IGNORES_ITS_LIMIT("rejectsOnlyPayloadsOverItsLimit") {
    @Override
    CompletableFuture<StorageDriverClaim> store(
        BrokenDriver driver, StorageDriverStoreContext context, Payload payload) {
      InMemoryStorageDriver unlimited = InMemoryStorageDriver.newBuilder().build();
      return unlimited
          .store(context, payload)
          .whenComplete(
              (claim, failure) -> driver.storage.getObjects().putAll(unlimited.getObjects()));
    }
  },

  NEVER_ENDS_WHEN_CANCELLED("aStoreEndsWhenItsTokenIsCancelled") {
    @Override
    CompletableFuture<StorageDriverClaim> store(
        BrokenDriver driver, StorageDriverStoreContext context, Payload payload) {
      return context.getCancellationToken().isCancellationRequested()
          ? new CompletableFuture<>()
          : super.store(driver, context, payload);
    }
  },

  THROWS_INSTEAD_OF_FAILING_ITS_FUTURE("rejectsMalformedClaims") {
    @Override
    CompletableFuture<Payload> retrieve(
        BrokenDriver driver, StorageDriverRetrieveContext context, StorageDriverClaim claim) {
      return super.retrieve(driver, context, driver.parseClaim(claim));
    }
  },

  DOES_NOT_TRANSLATE_FAILURES("reportsAMissingObject") {
    @Override
    CompletableFuture<Payload> retrieve(
        BrokenDriver driver, StorageDriverRetrieveContext context, StorageDriverClaim claim) {
      return super.retrieve(driver, context, claim)
          .exceptionally(
              failure -> {
                throw new CompletionException(new IOException("Status 404"));
              });
    }
  },

  SHOWS_CONTENT_IN_FAILURES("reportsADamagedObject") {
    @Override
    CompletableFuture<Payload> retrieve(
        BrokenDriver driver, StorageDriverRetrieveContext context, StorageDriverClaim claim) {
      return super.retrieve(driver, context, claim)
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
    CompletableFuture<Payload> retrieve(
        BrokenDriver driver, StorageDriverRetrieveContext context, StorageDriverClaim claim) {
      return super.retrieve(driver, context, claim)
          .exceptionally(
              failure -> {
                if (((StorageException) failure).getReason() == Reason.CORRUPTED) {
                  return Payload.getDefaultInstance();
                }
                throw new CompletionException(failure);
              });
    }
  },

  FINDS_OBJECTS_THAT_ARE_GONE("describesItsObjects") {
    @Override
    CompletableFuture<StoredObject> describe(BrokenDriver driver, StorageDriverClaim claim) {
      return super.describe(driver, claim).exceptionally(failure -> new StoredObject(0, null));
    }
  },

  VALIDATES_NO_CLAIM("rejectsForeignClaims") {
    @Override
    StorageDriverClaim parseClaim(BrokenDriver driver, StorageDriverClaim claim) {
      return claim;
    }
  },

  PARSES_CLAIMS_TO_OTHERS_THAN_IT_STORES("keepsPayloadsOfAnyTarget") {
    @Override
    StorageDriverClaim parseClaim(BrokenDriver driver, StorageDriverClaim claim) {
      Map<String, String> data = new HashMap<>(super.parseClaim(driver, claim).getClaimData());
      data.put("parsed", "true");
      return new StorageDriverClaim(data);
    }
  },

  PARSES_A_PARSED_CLAIM_TO_ANOTHER("rejectsAlteredClaims") {
    @Override
    StorageDriverClaim parseClaim(BrokenDriver driver, StorageDriverClaim claim) {
      Map<String, String> data = new HashMap<>(super.parseClaim(driver, claim).getClaimData());
      data.merge("parsed", "1", String::concat);
      return new StorageDriverClaim(data);
    }
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
  },

  LISTS_THE_FIRST_PAGE_ONLY("listsManyObjectsOnSeveralPages") {
    @Override
    CompletableFuture<ObjectPage> listObjects(BrokenDriver driver, ListObjectsRequest request) {
      return super.listObjects(driver, request)
          .thenApply(page -> new ObjectPage(page.objects(), page.prefixes(), ""));
    }
  },

  DECODES_LISTED_KEYS("listsWhatItStored") {
    @Override
    CompletableFuture<ObjectPage> listObjects(BrokenDriver driver, ListObjectsRequest request) {
      return super.listObjects(driver, request)
          .thenApply(
              page ->
                  new ObjectPage(
                      page.objects().stream().map(this::decoded).toList(),
                      page.prefixes(),
                      page.nextPageToken()));
    }

    private ListedObject decoded(ListedObject object) {
      return new ListedObject(
          object.key().replace("~1", "/"), object.sizeBytes(), object.storedAt(), object.version());
    }
  },

  IGNORES_DELIMITERS("listsTheBeginningsOfKeys") {
    @Override
    CompletableFuture<ObjectPage> listObjects(BrokenDriver driver, ListObjectsRequest request) {
      return super.listObjects(
          driver,
          new ListObjectsRequest(request.bucket(), request.prefix(), "", request.pageToken()));
    }
  },

  IGNORES_PREFIXES("listsByPrefix") {
    @Override
    CompletableFuture<ObjectPage> listObjects(BrokenDriver driver, ListObjectsRequest request) {
      return super.listObjects(
          driver,
          new ListObjectsRequest(request.bucket(), "", request.delimiter(), request.pageToken()));
    }
  },

  DELETES_WHAT_WAS_STORED_AGAIN("doesNotDeleteWhatWasStoredAgain") {
    @Override
    CompletableFuture<ObjectDeletion> deleteObject(
        BrokenDriver driver, String bucket, ListedObject object) {
      return super.listObjects(driver, ListObjectsRequest.of(bucket, object.key()))
          .thenCompose(page -> super.deleteObject(driver, bucket, page.objects().get(0)));
    }
  },

  DOES_NOT_DELETE("deletesWhatWasListed") {
    @Override
    CompletableFuture<ObjectDeletion> deleteObject(
        BrokenDriver driver, String bucket, ListedObject object) {
      return CompletableFuture.completedFuture(new ObjectDeletion(true, ""));
    }
  };

  private final String foundBy;

  Defect(String foundBy) {
    this.foundBy = foundBy;
  }

  /** Whether tests run into their timeout, so that it should be short. */
  boolean hangs() {
    return this == NEVER_ENDS_WHEN_CANCELLED
        || this == DOES_NOT_STORE_AGAIN
        || this == SHARES_FUTURES_OF_EQUAL_PAYLOADS;
  }

  /** The test that must fail; others may fail as well. */
  String foundBy() {
    return foundBy;
  }

  CompletableFuture<StorageDriverClaim> store(
      BrokenDriver driver, StorageDriverStoreContext context, Payload payload) {
    return driver.storage.store(context, payload);
  }

  CompletableFuture<Payload> retrieve(
      BrokenDriver driver, StorageDriverRetrieveContext context, StorageDriverClaim claim) {
    return driver.storage.retrieve(context, claim);
  }

  CompletableFuture<StoredObject> describe(BrokenDriver driver, StorageDriverClaim claim) {
    return driver.storage.getStoredObjects().orElseThrow().describe(claim);
  }

  CompletableFuture<ObjectPage> listObjects(BrokenDriver driver, ListObjectsRequest request) {
    return driver.objectStore().listObjects(request);
  }

  CompletableFuture<ObjectDeletion> deleteObject(
      BrokenDriver driver, String bucket, ListedObject object) {
    return driver.objectStore().deleteObject(bucket, object);
  }

  Optional<StorageDriverClaim> getClaim(
      BrokenDriver driver, StorageDriverStoreContext context, Payload payload) {
    return driver.storage.getClaim(context, payload);
  }

  StorageDriverClaim parseClaim(BrokenDriver driver, StorageDriverClaim claim) {
    return driver.storage.parseClaim(claim);
  }

  Optional<String> getNamespace(BrokenDriver driver, StorageDriverClaim claim) {
    return driver.storage.getNamespace(claim);
  }

  /** A future that stays incomplete, and can be cancelled, until its result is awaited. */
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
