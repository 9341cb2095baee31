package io.github.externalstorage.driver;

import static io.github.externalstorage.ManualStorageDriver.claim;
import static io.github.externalstorage.StorageFailures.failureOf;
import static io.github.externalstorage.StorageFailures.unavailable;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.externalstorage.TestPayloads;
import io.temporal.api.common.v1.Payload;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SinglePayloadStorageDriverTest {

  private static final Payload A = TestPayloads.json("a");
  private static final Payload B = TestPayloads.json("b");

  private final RequestingDriver driver = new RequestingDriver();
  private final CancellationSource token = new CancellationSource();
  private final StorageDriverStoreContext storing =
      StorageDriverStoreContext.empty().withCancellationToken(token);
  private final StorageDriverRetrieveContext retrieving =
      StorageDriverRetrieveContext.empty().withCancellationToken(token);

  @Test
  void requestsOfABatchRunSideBySideAndKeepTheirOrder() {
    CompletableFuture<List<StorageDriverClaim>> stored = driver.store(storing, List.of(A, B));
    assertThat(driver.stores).hasSize(2);
    driver.stores.get(1).complete(claim("b"));
    driver.stores.get(0).complete(claim("a"));
    CompletableFuture<List<Payload>> retrieved =
        driver.retrieve(retrieving, List.of(claim("a"), claim("b")));
    driver.retrievals.get(1).complete(B);
    driver.retrievals.get(0).complete(A);

    assertThat(stored.join()).containsExactly(claim("a"), claim("b"));
    assertThat(retrieved.join()).containsExactly(A, B);
  }

  @Test
  void firstFailureCancelsTheRest() {
    CompletableFuture<?> retrieved = driver.retrieve(retrieving, List.of(claim("a"), claim("b")));
    StorageException failure = unavailable();
    driver.retrievals.get(1).completeExceptionally(failure);

    assertThat(failureOf(retrieved)).isSameAs(failure);
    assertThat(driver.retrievals.get(0)).isCancelled();
  }

  @Test
  void cancellingTheFutureAbortsTheRequests() {
    driver.store(storing, List.of(A, B)).cancel(true);

    assertThat(driver.stores).hasSize(2).allMatch(CompletableFuture::isCancelled);
  }

  @Test
  void cancellingTheTokenAbortsTheRequests() {
    CompletableFuture<?> stored = driver.store(storing, List.of(A, B));

    token.cancel();

    assertThat(stored).isCancelled();
    assertThat(driver.stores).hasSize(2).allMatch(CompletableFuture::isCancelled);
  }

  @Test
  void thrownExceptionFailsTheBatch() {
    driver.defect = unavailable();

    assertThat(failureOf(driver.store(storing, List.of(A)))).isSameAs(driver.defect);
    assertThat(failureOf(driver.store(storing, List.of(A, B)))).isSameAs(driver.defect);
  }

  @Test
  void emptyBatchIsDone() {
    assertThat(driver.store(storing, List.of()).join()).isEmpty();
  }

  private static final class RequestingDriver extends SinglePayloadStorageDriver {
    private final List<CompletableFuture<StorageDriverClaim>> stores = new ArrayList<>();
    private final List<CompletableFuture<Payload>> retrievals = new ArrayList<>();
    private @Nullable StorageException defect;

    @Override
    protected CompletableFuture<StorageDriverClaim> storePayload(
        StorageDriverStoreContext context, Payload payload) {
      if (defect != null) {
        throw defect;
      }
      CompletableFuture<StorageDriverClaim> request = new CompletableFuture<>();
      stores.add(request);
      return request;
    }

    @Override
    protected CompletableFuture<Payload> retrievePayload(
        StorageDriverRetrieveContext context, StorageDriverClaim claim) {
      CompletableFuture<Payload> request = new CompletableFuture<>();
      retrievals.add(request);
      return request;
    }

    @Override
    public String getName() {
      return "requesting";
    }

    @Override
    public String getType() {
      return "requesting";
    }
  }
}
