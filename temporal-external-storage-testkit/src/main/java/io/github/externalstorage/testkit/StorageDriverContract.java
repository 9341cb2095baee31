package io.github.externalstorage.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.common.collect.Lists;
import io.github.externalstorage.driver.StorageDriver;
import io.github.externalstorage.driver.StorageDriverClaim;
import io.github.externalstorage.driver.StorageDriverRetrieveContext;
import io.github.externalstorage.driver.StorageDriverStoreContext;
import io.github.externalstorage.driver.StorageDriverTargetInfo;
import io.github.externalstorage.driver.StorageException.Reason;
import io.github.externalstorage.reference.StorageReference;
import io.temporal.api.common.v1.Payload;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The tests that every {@link StorageDriver} must pass. The test class of a driver extends this
 * class and implements {@link #createDriver()}. The tests can't be overridden.
 *
 * <p>Some tests need a small size limit, a missing or damaged object, or a claim that points
 * outside of the driver's configuration. The other protected methods provide these. If one of them
 * isn't overridden, its tests are reported as skipped, with a message that names the method.
 *
 * <p>If the driver has {@link StorageDriver#getStoredObjects} or {@link
 * StorageDriver#getObjectStore}, these are tested as well. For the object store, about 1,100
 * objects are stored, and nothing else may write to the buckets during a test.
 *
 * <p>The driver must support payloads of at least 64 KiB. Sizes up to 20 MiB are tested; payloads
 * larger than {@link StorageDriver#getMaxPayloadSize()} must be rejected.
 */
public abstract class StorageDriverContract extends ObjectStoreContract {

  @Test
  void nameAndTypeAreStable() {
    assertThat(driver.getName()).isNotBlank().isEqualTo(driver.getName());
    try (StorageDriver other = createDriver()) {
      assertThat(driver.getType()).isNotBlank().isEqualTo(other.getType());
    }
  }

  @Test
  void closesMoreThanOnce() {
    driver.close();
    assertThatCode(driver::close).doesNotThrowAnyException();
  }

  @ParameterizedTest(name = "{0} bytes")
  @ValueSource(
      ints = {
        0,
        1,
        127,
        128,
        1023,
        1024,
        4095,
        4096,
        4097,
        8192,
        16383,
        16384,
        65535,
        65536,
        65537,
        262143,
        262144,
        1 << 20,
        (1 << 21) - 1,
        1 << 21,
        (1 << 23) + 1,
        1 << 24,
        20 << 20
      })
  void keepsPayloadsOfAnySize(int size) {
    Payload payload = SamplePayloads.ofDataSize(size);
    if (payload.getSerializedSize() <= driver.getMaxPayloadSize()) {
      calls.keeps(payload);
    } else {
      calls.rejectsStore(Reason.TOO_LARGE, payload);
    }
  }

  @ParameterizedTest
  @EnumSource
  void keepsEveryPartOfAPayload(SamplePayload sample) {
    calls.keeps(sample.payload());
  }

  @ParameterizedTest
  @EnumSource
  void keepsBytesWhereverTheyLieInMemory(SampleBytes memory) {
    for (Payload payload : SamplePayloads.in(memory)) {
      calls.keeps(payload);
    }
  }

  @Test
  void keepsManyPayloadsAtOnce() {
    List<Payload> payloads = SamplePayloads.batch(100);
    List<StorageDriverClaim> claims = calls.store(payloads);
    calls.retrieves(payloads, claims);
    calls.retrieves(Lists.reverse(payloads), Lists.reverse(claims));
  }

  @Test
  void keepsEqualPayloadsAtOnce() {
    Payload twice = SamplePayloads.ofDataSize(1000);
    List<Payload> payloads = List.of(twice, SamplePayloads.ofDataSize(1001), twice);
    calls.retrieves(payloads, calls.store(payloads));
  }

  @Test
  void keepsEqualPayloadsOfSeveralCalls() {
    Payload payload = SamplePayloads.ofDataSize(1000);
    StorageDriverClaim first = calls.store(payload);
    StorageDriverClaim second = calls.store(payload);
    calls.retrieves(List.of(payload, payload, payload), List.of(first, second, first));
  }

  @ParameterizedTest
  @EnumSource
  void keepsPayloadsOfAnyTarget(SampleTarget target) {
    Payload payload = SamplePayloads.ofDataSize(1000);
    for (StorageDriverTargetInfo info : target.infos()) {
      StorageDriverClaim claim = calls.store(StorageDriverStoreContext.of(info), payload);
      calls.retrieves(List.of(payload), List.of(claim));
      calls.retrievesAsParsed(payload, claim);
      calls.assertClaim(info, payload, claim);
    }
  }

  @Test
  void keepsEqualPayloadsOfDifferentTargets() {
    Payload payload = SamplePayloads.ofDataSize(1000);
    List<StorageDriverClaim> claims = new ArrayList<>();
    for (SampleTarget target : SampleTarget.values()) {
      for (StorageDriverTargetInfo info : target.infos()) {
        claims.add(calls.store(StorageDriverStoreContext.of(info), payload));
      }
    }
    calls.retrieves(Collections.nCopies(claims.size(), payload), claims);
  }

  @Test
  void writesClaimsThatAReferenceCanHold() {
    Payload payload = SamplePayloads.ofDataSize(1000);
    StorageReference written = new StorageReference(driver.getName(), calls.store(payload), 1000);
    StorageReference read = StorageReference.parse(written.toPayload()).orElseThrow();
    calls.retrieves(List.of(payload), List.of(read.claim()));
  }

  @Test
  void rejectsOnlyPayloadsOverItsLimit() {
    int limit = 50_000;
    assertThat(driver.getMaxPayloadSize()).isGreaterThanOrEqualTo(64 * 1024);
    Optional<StorageDriver> limited = createDriver(limit);
    assumeTested(limited.isPresent(), "createDriver(long)");
    assertLimit(limited.orElseThrow(), limit);
  }

  private void assertLimit(StorageDriver limited, int limit) {
    try (limited) {
      assertThat(limited.getMaxPayloadSize()).isEqualTo(limit);
      Payload largest = SamplePayloads.ofSerializedSize(limit);
      Payload tooLarge = SamplePayloads.ofSerializedSize(limit + 1);
      DriverCalls limitedCalls = new DriverCalls(limited, getCallTimeout());
      limitedCalls.keeps(largest);
      limitedCalls.rejectsStore(Reason.TOO_LARGE, tooLarge);
    }
  }

  @Test
  void reportsAMissingObject() {
    List<Payload> payloads = SamplePayloads.batch(3);
    List<StorageDriverClaim> claims = calls.store(payloads);
    assumeTested(deleteObject(claims.get(1)), "deleteObject(StorageDriverClaim)");
    calls.rejectsRetrieve(Reason.NOT_FOUND, claims.get(1));
    // A driver must not assume that an object it stored before still exists.
    calls.retrieves(payloads, calls.store(payloads));
  }

  @ParameterizedTest
  @EnumSource
  void reportsADamagedObject(Damage damage) {
    List<Payload> payloads = SamplePayloads.batch(3);
    List<StorageDriverClaim> claims = calls.store(payloads);
    assumeTested(
        replaceObject(claims.get(1), damage), "replaceObject(StorageDriverClaim, UnaryOperator)");
    calls.rejectsRetrieve(Reason.CORRUPTED, claims.get(1));
  }

  /** Applies to drivers that have {@link StorageDriver#getStoredObjects}. */
  @Test
  void describesItsObjects() {
    List<Payload> payloads = SamplePayloads.batch(3);
    List<StorageDriverClaim> claims = calls.store(payloads);
    assumeTrue(
        driver.getStoredObjects().isPresent(),
        "the driver does not implement the optional method getStoredObjects");
    calls.describes(payloads, claims);
    if (deleteObject(claims.get(1))) {
      calls.rejectsDescribe(Reason.NOT_FOUND, claims.get(1));
      calls.describes(payloads.subList(0, 1), claims.subList(0, 1));
    }
  }

  @Test
  void rejectsMalformedClaims() {
    StorageDriverClaim claim = calls.store(SamplePayloads.ofDataSize(1000));
    ForgedClaims.malformed(claim).forEach(calls::rejectsAsInvalid);
  }

  @Test
  void rejectsForeignClaims() {
    StorageDriverClaim claim = calls.store(SamplePayloads.ofDataSize(1000));
    List<StorageDriverClaim> foreign = createForeignClaims(claim);
    assumeTested(!foreign.isEmpty(), "createForeignClaims(StorageDriverClaim)");
    foreign.forEach(calls::rejectsAsInvalid);
  }

  @Test
  void rejectsAlteredClaims() {
    Payload payload = SamplePayloads.ofDataSize(1000);
    StorageDriverClaim claim = calls.store(payload);
    ForgedClaims.altered(claim).forEach(forged -> calls.retrievesOrRejects(payload, forged));
  }

  @Test
  void aCancelledStoreLeavesOthersAlone() {
    Payload payload = SamplePayloads.ofDataSize(1000);
    List<StorageDriverClaim> claims =
        calls.cancelSome(() -> calls.startStore(StorageDriverStoreContext.empty(), payload));
    calls.retrieves(Collections.nCopies(claims.size(), payload), claims);
  }

  @Test
  void aCancelledRetrieveLeavesOthersAlone() {
    Payload payload = SamplePayloads.ofDataSize(1000);
    StorageDriverClaim claim = calls.store(payload);
    List<Payload> retrieved =
        calls.cancelSome(() -> calls.startRetrieve(StorageDriverRetrieveContext.empty(), claim));
    DriverCalls.assertSame(Collections.nCopies(retrieved.size(), payload), retrieved);
  }

  @Test
  void aStoreEndsWhenItsTokenIsCancelled() {
    Payload payload = SamplePayloads.ofDataSize(1000);
    calls.endsWhenCancelled(
        token -> calls.startStore(StorageDriverStoreContext.of(null, token), payload));
    calls.keeps(payload);
  }

  @Test
  void aRetrieveEndsWhenItsTokenIsCancelled() {
    Payload payload = SamplePayloads.ofDataSize(1000);
    StorageDriverClaim claim = calls.store(payload);
    calls.endsWhenCancelled(
        token -> calls.startRetrieve(StorageDriverRetrieveContext.of(token), claim));
    calls.retrieves(List.of(payload), List.of(claim));
  }

  @Test
  void servesManyCallersAtOnce() throws Exception {
    List<Payload> shared = SamplePayloads.batch(1);
    AtomicInteger sizes = new AtomicInteger(10_000);
    Callers.runAtOnce(
        64,
        () -> {
          calls.retrieves(shared, calls.store(shared));
          calls.keeps(SamplePayloads.ofDataSize(sizes.incrementAndGet()));
        });
  }
}
