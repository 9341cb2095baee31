package io.github.externalstorage.internal.layers;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.github.externalstorage.CountingStorageDriver;
import io.github.externalstorage.StorageFailures;
import io.github.externalstorage.StubStorageDriver;
import io.github.externalstorage.driver.PayloadContent;
import io.github.externalstorage.driver.PayloadFormat;
import io.github.externalstorage.driver.StorageDriver;
import io.github.externalstorage.driver.StorageDriverClaim;
import io.github.externalstorage.driver.StorageDriverStoreContext;
import io.github.externalstorage.driver.StorageDriverWorkflowInfo;
import io.github.externalstorage.driver.StorageException;
import io.github.externalstorage.driver.StorageException.Reason;
import io.github.externalstorage.options.StorageRetryOptions;
import io.temporal.api.common.v1.Payload;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;

/** A payload is hashed once, and every object has the content that its claim names. */
final class SharedContentTest {

  private static final ExecutorService CALLERS = Executors.newFixedThreadPool(8);

  @AfterContainer
  static void stop() {
    CALLERS.shutdownNow();
  }

  @Example
  void isComputedOnceForTheClaimAndAllAttempts() {
    HashingDriver driver = new HashingDriver(2);

    store(layers().around(driver), payload(0, false)).join();

    assertThat(driver.asked.get()).isEqualTo(4);
    assertThat(driver.contents).hasSize(1);
  }

  @Example
  void isDroppedWhenTheCallHasEnded() {
    HashingDriver driver = new HashingDriver(0);
    Payload payload = payload(0, false);

    store(layers().around(driver), payload).join();

    // An HTTP client may keep the context of its last call.
    StorageDriverStoreContext kept = driver.contexts.get(driver.contexts.size() - 1);
    assertThat(driver.contents).hasSize(1).doesNotContain(kept.getContent(payload));
  }

  @Example
  void isDroppedWhenTheCallHasFailed() {
    HashingDriver driver = new HashingDriver(1);
    Payload payload = payload(0, false);

    StorageFailures.failureOf(
        store(layers(StorageRetryOptions.none()).around(driver), payload), Reason.UNAVAILABLE);

    StorageDriverStoreContext kept = driver.contexts.get(driver.contexts.size() - 1);
    assertThat(driver.contents).hasSize(1).doesNotContain(kept.getContent(payload));
  }

  @Example
  void isThatOfThePayloadAskedFor() {
    Payload payload = payload(0, false);
    SharedContent content = new SharedContent(payload);

    for (Payload asked : List.of(payload(1, false), payload, payload(1, false), payload)) {
      assertThat(content.of(asked).getBytes()).isEqualTo(PayloadFormat.serialize(asked));
    }
  }

  @Example
  void reachesADriverThroughContextsOfAnother() {
    HashingDriver driver = new HashingDriver(1);
    StorageDriver elsewhere =
        new CountingStorageDriver(driver) {
          @Override
          public CompletableFuture<StorageDriverClaim> store(
              StorageDriverStoreContext context, Payload payload) {
            // Such a context hashes by itself.
            return driver.store(
                StorageDriverStoreContext.of(
                    new StorageDriverWorkflowInfo("default", "id", null, null)),
                payload);
          }
        };
    Payload payload = payload(0, false);

    StorageDriverClaim claim = store(layers().around(elsewhere), payload).join();

    assertThat(driver.objects.get(claim)).isEqualTo(PayloadFormat.serialize(payload));
  }

  @Property(seed = "1", tries = 200)
  void isWhatTheClaimNames(
      @ForAll("calls") List<Call> calls,
      @ForAll("failures") int failures,
      @ForAll boolean isChanged) {
    HashingDriver driver = new HashingDriver(failures);
    StorageDriver layered = layers().around(isChanged ? new ChangingDriver(driver) : driver);

    List<CompletableFuture<StorageDriverClaim>> claims =
        calls.stream()
            .map(
                call ->
                    CompletableFuture.supplyAsync(
                            () -> store(layered, payload(call.number, call.isOtherwiseMade)),
                            CALLERS)
                        .thenCompose(stored -> stored))
            .toList();

    for (int i = 0; i < calls.size(); i++) {
      Payload payload = payload(calls.get(i).number, false);
      ByteString expected =
          PayloadFormat.serialize(isChanged ? ChangingDriver.changed(payload) : payload);
      StorageDriverClaim claim = claims.get(i).orTimeout(1, TimeUnit.MINUTES).join();
      assertThat(claim).isEqualTo(HashingDriver.claim(PayloadFormat.sha256(expected)));
      assertThat(driver.objects.get(claim)).isEqualTo(expected);
    }
  }

  /** A store of one of a few payloads, some of which are equal but lie in memory differently. */
  private record Call(int number, boolean isOtherwiseMade) {}

  @Provide
  Arbitrary<List<Call>> calls() {
    return Combinators.combine(Arbitraries.integers().between(0, 3), Arbitraries.of(true, false))
        .as(Call::new)
        .list()
        .ofMinSize(1)
        .ofMaxSize(12);
  }

  @Provide
  Arbitrary<Integer> failures() {
    return Arbitraries.integers().between(0, 3);
  }

  /**
   * @param isOtherwiseMade whether the metadata is in the reverse order, and the data in parts
   */
  private static Payload payload(int number, boolean isOtherwiseMade) {
    ByteString data = ByteString.copyFromUtf8("x".repeat(1000) + number);
    Payload.Builder payload =
        Payload.newBuilder()
            .setData(isOtherwiseMade ? data.substring(0, 500).concat(data.substring(500)) : data);
    for (int i = 0; i < 20; i++) {
      payload.putMetadata(
          "key" + (isOtherwiseMade ? 19 - i : i), ByteString.copyFromUtf8("v" + number));
    }
    return payload.build();
  }

  private static DriverLayers layers() {
    return layers(
        StorageRetryOptions.newBuilder()
            .setInitialBackoff(Duration.ofMillis(1))
            .setMaxBackoff(Duration.ofMillis(1))
            .setMaxElapsedTime(Duration.ofMinutes(1))
            .build());
  }

  private static DriverLayers layers(StorageRetryOptions retryOptions) {
    return new DriverLayers(
        retryOptions, Notifications.NONE, 1 << 20, Duration.ofHours(1), 2, 10_000, null);
  }

  private static CompletableFuture<StorageDriverClaim> store(
      StorageDriver driver, Payload payload) {
    return driver.store(StorageDriverStoreContext.empty(), payload);
  }

  /** Takes the content from the context, as the drivers of the library do. */
  private static final class HashingDriver extends StubStorageDriver {

    private final AtomicInteger failures;
    private final AtomicInteger asked = new AtomicInteger();
    private final Set<PayloadContent> contents =
        Collections.synchronizedSet(Collections.newSetFromMap(new IdentityHashMap<>()));
    private final List<StorageDriverStoreContext> contexts =
        Collections.synchronizedList(new ArrayList<>());
    private final Map<StorageDriverClaim, ByteString> objects = new ConcurrentHashMap<>();

    private HashingDriver(int failures) {
      super("hashing");
      this.failures = new AtomicInteger(failures);
    }

    private static StorageDriverClaim claim(String sha256) {
      return new StorageDriverClaim(Map.of("hash", sha256));
    }

    private PayloadContent content(StorageDriverStoreContext context, Payload payload) {
      PayloadContent content = context.getContent(payload);
      asked.incrementAndGet();
      contents.add(content);
      contexts.add(context);
      return content;
    }

    @Override
    public Optional<StorageDriverClaim> getClaim(
        StorageDriverStoreContext context, Payload payload) {
      return Optional.of(claim(content(context, payload).getSha256()));
    }

    @Override
    public CompletableFuture<StorageDriverClaim> store(
        StorageDriverStoreContext context, Payload payload) {
      PayloadContent content = content(context, payload);
      if (failures.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
        return CompletableFuture.failedFuture(
            new StorageException(Reason.UNAVAILABLE, true, "not yet", null));
      }
      StorageDriverClaim claim = claim(content.getSha256());
      objects.put(claim, content.getBytes());
      return CompletableFuture.completedFuture(claim);
    }
  }

  /** A driver around a driver that changes what is stored, as one that encrypts does. */
  private static final class ChangingDriver extends CountingStorageDriver {

    private ChangingDriver(StorageDriver driver) {
      super(driver);
    }

    private static Payload changed(Payload payload) {
      return payload.toBuilder().putMetadata("changed", ByteString.EMPTY).build();
    }

    @Override
    public Optional<StorageDriverClaim> getClaim(
        StorageDriverStoreContext context, Payload payload) {
      context.getContent(payload);
      return driver.getClaim(context, changed(payload));
    }

    @Override
    public CompletableFuture<StorageDriverClaim> store(
        StorageDriverStoreContext context, Payload payload) {
      return driver.store(context, changed(payload));
    }
  }
}
