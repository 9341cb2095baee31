package io.github.externalstorage.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import com.google.common.base.Throwables;
import io.github.externalstorage.driver.CancellationSource;
import io.github.externalstorage.driver.CancellationToken;
import io.github.externalstorage.driver.StorageDriver;
import io.github.externalstorage.driver.StorageDriverClaim;
import io.github.externalstorage.driver.StorageDriverRetrieveContext;
import io.github.externalstorage.driver.StorageDriverStoreContext;
import io.github.externalstorage.driver.StorageDriverTargetInfo;
import io.github.externalstorage.driver.StorageException;
import io.github.externalstorage.driver.StorageException.Reason;
import io.github.externalstorage.driver.StoredObject;
import io.temporal.api.common.v1.Payload;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Calls a driver and checks the rules that apply to every call. */
final class DriverCalls {

  private final StorageDriver driver;
  private final Duration timeout;

  DriverCalls(StorageDriver driver, Duration timeout) {
    this.driver = driver;
    this.timeout = timeout;
  }

  StorageDriverClaim store(Payload payload) {
    return store(StorageDriverStoreContext.empty(), payload);
  }

  StorageDriverClaim store(StorageDriverStoreContext context, Payload payload) {
    StorageDriverClaim claim = result(startStore(context, payload));
    assertThat(claim).as("claim").isNotNull();
    return claim;
  }

  /** Stores payloads at the same time. */
  List<StorageDriverClaim> store(List<Payload> payloads) {
    return results(payloads, payload -> startStore(StorageDriverStoreContext.empty(), payload));
  }

  /** Retrieves payloads at the same time. */
  void retrieves(List<Payload> expected, List<StorageDriverClaim> claims) {
    assertSame(
        expected,
        results(claims, claim -> startRetrieve(StorageDriverRetrieveContext.empty(), claim)));
  }

  private <T, R> List<R> results(List<T> items, Function<T, CompletableFuture<R>> call) {
    return items.stream().map(call).toList().stream().map(this::result).toList();
  }

  /** Stores and retrieves. */
  void keeps(Payload payload) {
    retrieves(List.of(payload), List.of(store(payload)));
  }

  void rejectsStore(Reason reason, Payload payload) {
    assertRejected(reason, startStore(StorageDriverStoreContext.empty(), payload));
  }

  void rejectsRetrieve(Reason reason, StorageDriverClaim claim) {
    assertRejected(reason, startRetrieve(StorageDriverRetrieveContext.empty(), claim));
  }

  void rejectsAsInvalid(StorageDriverClaim claim) {
    assertThat(isValid(claim)).as("parseClaim accepts %s", claim).isFalse();
    rejectsRetrieve(Reason.INVALID_CLAIM, claim);
    rejectsDescribe(Reason.INVALID_CLAIM, claim);
  }

  /** Describes objects at the same time, if the driver can. */
  void describes(List<Payload> payloads, List<StorageDriverClaim> claims) {
    driver
        .getStoredObjects()
        .ifPresent(
            objects ->
                assertThat(results(claims, claim -> start(() -> objects.describe(claim))))
                    .as("sizes of the objects")
                    .extracting(StoredObject::sizeBytes)
                    .containsExactlyElementsOf(
                        payloads.stream()
                            .map(payload -> (long) payload.getSerializedSize())
                            .toList()));
  }

  void rejectsDescribe(Reason reason, StorageDriverClaim claim) {
    driver
        .getStoredObjects()
        .ifPresent(objects -> assertRejected(reason, start(() -> objects.describe(claim))));
  }

  /** A forged claim must either fail with a {@link StorageException} or return the payload. */
  void retrievesOrRejects(Payload expected, StorageDriverClaim forged) {
    CompletableFuture<Payload> future = startRetrieve(StorageDriverRetrieveContext.empty(), forged);
    Throwable failure = failure(future);
    if (failure == null) {
      assertSame(List.of(expected), List.of(future.join()));
    } else {
      assertThat(failure).as("failure for %s", forged).isInstanceOf(StorageException.class);
    }
    assertThat(failure instanceof StorageException e && e.getReason() == Reason.INVALID_CLAIM)
        .as("retrieve and parseClaim agree on whether %s is invalid", forged)
        .isEqualTo(!isValid(forged));
  }

  /** A parsed claim is equivalent to the original, and can be parsed again. */
  void retrievesAsParsed(Payload expected, StorageDriverClaim claim) {
    StorageDriverClaim parsed = driver.parseClaim(claim);
    assertThat(driver.getNamespace(parsed)).isEqualTo(driver.getNamespace(claim));
    retrieves(List.of(expected, expected), List.of(parsed, driver.parseClaim(parsed)));
  }

  /** Namespace and predicted claim may be empty, but must not be wrong. */
  void assertClaim(StorageDriverTargetInfo target, Payload payload, StorageDriverClaim claim) {
    assertThat(isValid(claim)).as("parseClaim accepts %s", claim).isTrue();
    assertThat(driver.parseClaim(claim)).as("stored claim as it was parsed").isEqualTo(claim);
    assertThat(driver.getNamespace(claim))
        .as("namespace of %s", claim)
        .isIn(Optional.empty(), Optional.ofNullable(target.namespace()));
    assertThat(driver.getClaim(StorageDriverStoreContext.of(target), payload))
        .as("claim predicted by getClaim")
        .isIn(Optional.empty(), Optional.of(claim));
  }

  CompletableFuture<StorageDriverClaim> startStore(
      StorageDriverStoreContext context, Payload payload) {
    return start(() -> driver.store(context, payload));
  }

  CompletableFuture<Payload> startRetrieve(
      StorageDriverRetrieveContext context, StorageDriverClaim claim) {
    return start(() -> driver.retrieve(context, claim));
  }

  <T> T result(CompletableFuture<T> future) {
    Throwable failure = failure(future);
    if (failure != null) {
      throw new AssertionError("A call failed that must succeed: " + failure, failure);
    }
    return future.join();
  }

  /** Waits for a call that may fail. */
  void settles(CompletableFuture<?> future) {
    Throwable failure = failure(future);
    if (failure != null) {
      assertThat(failure).isInstanceOfAny(CancellationException.class, StorageException.class);
    }
  }

  /** Makes the same call several times, cancels some, and returns the results of the others. */
  <T> List<T> cancelSome(Supplier<CompletableFuture<T>> call) {
    List<CompletableFuture<T>> futures = Stream.generate(call).limit(5).toList();
    List.of(0, 2, 4).forEach(i -> futures.get(i).cancel(true));
    return Stream.of(1, 3).map(i -> result(futures.get(i))).toList();
  }

  /** Cancels during and before a call. The call may complete before it notices the cancellation. */
  void endsWhenCancelled(Function<CancellationToken, CompletableFuture<?>> call) {
    CancellationSource source = new CancellationSource();
    CompletableFuture<?> during = call.apply(source);
    source.cancel();
    settles(during);
    settles(call.apply(source));
  }

  static <T> CompletableFuture<T> start(Supplier<CompletableFuture<T>> call) {
    try {
      CompletableFuture<T> future = call.get();
      assertThat(future).as("the driver's future").isNotNull();
      return future;
    } catch (RuntimeException e) {
      throw new AssertionError("The driver threw instead of failing its future: " + e, e);
    }
  }

  private @Nullable Throwable failure(CompletableFuture<?> future) {
    try {
      future.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
      return null;
    } catch (ExecutionException e) {
      return e.getCause();
    } catch (CancellationException e) {
      return e;
    } catch (TimeoutException e) {
      return fail("The driver's future was not completed within " + timeout);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return fail("Interrupted while waiting for the driver");
    }
  }

  void assertRejected(Reason reason, CompletableFuture<?> future) {
    Throwable failure = failure(future);
    if (!(failure instanceof StorageException e)) {
      throw new AssertionError("Not a StorageException of " + reason + ": " + failure, failure);
    }
    assertThat(e.getReason()).as("reason of %s", e).isEqualTo(reason);
    assertThat(Throwables.getStackTraceAsString(e)).doesNotContain(SamplePayloads.CONTENT);
  }

  private boolean isValid(StorageDriverClaim claim) {
    try {
      StorageDriverClaim parsed = driver.parseClaim(claim);
      assertThat(driver.parseClaim(parsed)).as("claim that was parsed twice").isEqualTo(parsed);
      return true;
    } catch (StorageException e) {
      assertThat(e.getReason()).as("reason of %s", e).isEqualTo(Reason.INVALID_CLAIM);
      return false;
    }
  }

  /** Reports which payload differs without printing its content, which may be megabytes. */
  static void assertSame(List<Payload> expected, List<Payload> actual) {
    assertThat(actual.size()).as("number of payloads").isEqualTo(expected.size());
    for (int i = 0; i < expected.size(); i++) {
      assertThat(actual.get(i).equals(expected.get(i)))
          .as("payload %d of %d is what was stored", i, expected.size())
          .isTrue();
    }
  }
}
