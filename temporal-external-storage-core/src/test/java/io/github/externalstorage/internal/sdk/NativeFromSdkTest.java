package io.github.externalstorage.internal.sdk;

import static io.github.externalstorage.ManualStorageDriver.claim;
import static io.github.externalstorage.StorageFailures.failureOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

import io.github.externalstorage.ExternalStorage;
import io.github.externalstorage.NativeStorageDrivers;
import io.github.externalstorage.TestPayloads;
import io.github.externalstorage.driver.CancellationSource;
import io.github.externalstorage.driver.StorageDriver;
import io.github.externalstorage.driver.StorageDriverRetrieveContext;
import io.github.externalstorage.driver.StorageDriverStoreContext;
import io.github.externalstorage.driver.StorageException.Reason;
import io.github.externalstorage.reference.StorageReference;
import io.temporal.api.common.v1.Payload;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A driver written for the SDK as this library calls it. */
@Tag("native")
class NativeFromSdkTest {

  private static final List<Payload> PAYLOADS = List.of(TestPayloads.json("1"));

  private final SdkDriver sdk = new SdkDriver();
  private final StorageDriver driver = NativeStorageDrivers.fromNative(sdk);
  private final CancellationSource source = new CancellationSource();
  private final StorageDriverStoreContext storing = StorageDriverStoreContext.of(null, source);
  private final StorageDriverRetrieveContext retrieving = StorageDriverRetrieveContext.of(source);

  @Test
  void nameAndTypeAreTheDriversOwn() {
    assertThat(driver.getName()).isEqualTo("sdk");
    assertThat(driver.getType()).isEqualTo("sdk.type");
  }

  @Test
  void storesAndRetrieves() {
    sdk.claims.complete(List.of(sdkClaim("k")));
    sdk.payloads.complete(PAYLOADS);

    assertThat(driver.store(storing, PAYLOADS.get(0)).join()).isEqualTo(claim("k"));
    assertThat(driver.retrieve(retrieving, claim("r")).join()).isEqualTo(PAYLOADS.get(0));
    assertThat(sdk.seen).containsExactly(PAYLOADS.get(0), sdkClaim("r"));
  }

  @Test
  void failuresAreThose() {
    IllegalStateException failure = new IllegalStateException("failure");
    sdk.claims.completeExceptionally(failure);
    sdk.payloads.completeExceptionally(failure);

    assertThat(failureOf(driver.store(storing, PAYLOADS.get(0)))).isSameAs(failure);
    assertThat(failureOf(driver.retrieve(retrieving, claim("k")))).isSameAs(failure);
  }

  @Test
  void futuresCancelTheDriver() {
    driver.store(storing, PAYLOADS.get(0)).cancel(true);
    driver.retrieve(retrieving, claim("k")).cancel(true);

    assertThat(sdk.claims).isCancelled();
    assertThat(sdk.payloads).isCancelled();
  }

  @Test
  void tokenIsTheCallers() {
    AtomicInteger runs = new AtomicInteger();
    driver.store(storing, PAYLOADS.get(0));
    driver.retrieve(retrieving, claim("k"));
    for (io.temporal.common.CancellationToken<CancellationException> token : sdk.tokens) {
      assertThat(token.isCancellationRequested()).isFalse();
      assertThatNoException().isThrownBy(token::throwIfCancellationRequested);
      token.onCancel(runs::incrementAndGet);
      token.onCancel(() -> runs.addAndGet(100)).close();
    }

    source.cancel();

    assertThat(runs).hasValue(2);
    assertThat(sdk.tokens).hasSize(2).allMatch(token -> token.isCancellationRequested());
    assertThatExceptionOfType(CancellationException.class)
        .isThrownBy(sdk.tokens.get(0)::throwIfCancellationRequested);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 2})
  void wrongNumberOfClaimsOrPayloadsIsAnError(int count) {
    sdk.claims.complete(Collections.nCopies(count, sdkClaim("k")));
    sdk.payloads.complete(Collections.nCopies(count, PAYLOADS.get(0)));

    assertThat(failureOf(driver.store(storing, PAYLOADS.get(0)), Reason.MISCONFIGURED))
        .hasMessageContaining(
            "'sdk' returned null, or a list that does not contain exactly one claim");
    assertThat(failureOf(driver.retrieve(retrieving, claim("k")), Reason.MISCONFIGURED))
        .hasMessageContaining(
            "'sdk' returned null, or a list that does not contain exactly one payload");
  }

  @Test
  void worksInAStorage() {
    ExternalStorage storage =
        ExternalStorage.newBuilder().setDriver(driver).setPayloadSizeThreshold(0).build();
    sdk.claims.complete(List.of(sdkClaim("k")));
    sdk.payloads.complete(PAYLOADS);

    List<Payload> stored = storage.store(storing, PAYLOADS).join();

    assertThat(StorageReference.parse(stored.get(0)).orElseThrow().claim()).isEqualTo(claim("k"));
    assertThat(storage.retrieve(retrieving, stored).join()).isEqualTo(PAYLOADS);
  }

  private static io.temporal.payload.storage.StorageDriverClaim sdkClaim(String key) {
    return new io.temporal.payload.storage.StorageDriverClaim(Map.of("key", key));
  }

  private static final class SdkDriver implements io.temporal.payload.storage.StorageDriver {
    private final List<Object> seen = new ArrayList<>();
    private final List<io.temporal.common.CancellationToken<CancellationException>> tokens =
        new ArrayList<>();
    private final CompletableFuture<List<io.temporal.payload.storage.StorageDriverClaim>> claims =
        new CompletableFuture<>();
    private final CompletableFuture<List<Payload>> payloads = new CompletableFuture<>();

    @Override
    public String getName() {
      return "sdk";
    }

    @Override
    public String getType() {
      return "sdk.type";
    }

    @Override
    public CompletableFuture<List<io.temporal.payload.storage.StorageDriverClaim>> store(
        io.temporal.payload.storage.StorageDriverStoreContext context, List<Payload> toStore) {
      seen.addAll(toStore);
      tokens.add(context.getCancellationToken());
      return claims;
    }

    @Override
    public CompletableFuture<List<Payload>> retrieve(
        io.temporal.payload.storage.StorageDriverRetrieveContext context,
        List<io.temporal.payload.storage.StorageDriverClaim> toRetrieve) {
      seen.addAll(toRetrieve);
      tokens.add(context.getCancellationToken());
      return payloads;
    }
  }
}
