package io.github.externalstorage.internal.layers;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class FairPermitsTest {

  private final FairPermits permits = new FairPermits(10);

  @Test
  void availablePermitsAreGrantedAtOnce() {
    assertThat(permits.acquire(4)).isCompleted();
    assertThat(permits.acquire(6)).isCompleted();
    assertThat(permits.acquire(1)).isNotDone();
  }

  @Test
  void permitsAreGrantedInTheOrderOfTheRequests() throws Exception {
    FairPermits.Lease all = permits.acquire(10).get();
    CompletableFuture<FairPermits.Lease> large = permits.acquire(8);
    CompletableFuture<FairPermits.Lease> small = permits.acquire(3);

    all.close();

    FairPermits.Lease served = large.get(60, TimeUnit.SECONDS);
    assertThat(small).isNotDone();
    served.close();
    assertThat(small.get(60, TimeUnit.SECONDS)).isNotNull();
  }

  @Test
  void aRequestForMoreThanThereIsGetsAll() throws Exception {
    FairPermits.Lease oversized = permits.acquire(1_000).get();
    assertThat(permits.acquire(1)).isNotDone();
    oversized.close();
  }

  @Test
  void aCancelledRequestLetsOthersPass() throws Exception {
    FairPermits.Lease some = permits.acquire(5).get();
    CompletableFuture<FairPermits.Lease> large = permits.acquire(8);
    CompletableFuture<FairPermits.Lease> small = permits.acquire(5);

    large.cancel(true);

    assertThat(small.get(60, TimeUnit.SECONDS)).isNotNull();
    some.close();
  }

  @Test
  void closingTwiceReleasesOnce() throws Exception {
    FairPermits.Lease first = permits.acquire(10).get();
    first.close();
    first.close();

    assertThat(permits.acquire(10)).isCompleted();
    assertThat(permits.acquire(1)).isNotDone();
  }

  @Test
  void aLongQueueDoesNotGrowTheStack() throws Exception {
    FairPermits.Lease all = permits.acquire(10).get();
    List<CompletableFuture<Void>> calls = new ArrayList<>();
    for (int i = 0; i < 50_000; i++) {
      calls.add(permits.acquire(10).thenAccept(FairPermits.Lease::close));
    }

    all.close();

    CompletableFuture.allOf(calls.toArray(new CompletableFuture<?>[0])).get(60, TimeUnit.SECONDS);
  }
}
