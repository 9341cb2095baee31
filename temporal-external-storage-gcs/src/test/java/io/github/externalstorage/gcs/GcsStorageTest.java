package io.github.externalstorage.gcs;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.externalstorage.ExternalStorage;
import io.github.externalstorage.driver.StorageDriverClaim;
import io.github.externalstorage.driver.StorageDriverRetrieveContext;
import io.github.externalstorage.driver.StorageDriverStoreContext;
import io.github.externalstorage.driver.StorageException.Reason;
import io.github.externalstorage.fixtures.StorageFailures;
import io.github.externalstorage.fixtures.TestPayloads;
import io.github.externalstorage.reference.StorageReference;
import io.temporal.api.common.v1.Payload;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The driver in an {@link ExternalStorage}. */
@Timeout(60)
final class GcsStorageTest {

  private static final Payload PAYLOAD = TestPayloads.ofLetters(1000, 1);

  @AutoClose private final FakeGcs gcs = new FakeGcs();

  @Test
  void repeatsWhatFailsForNow() {
    AtomicInteger attempts = new AtomicInteger();
    gcs.respondWith(
        (exchange, body) -> {
          if (attempts.incrementAndGet() % 3 != 0) {
            FakeGcs.sendError(exchange, 503, "backendError", "busy");
          } else {
            gcs.serve(exchange, body);
          }
        });
    ExternalStorage storage = storage(0);

    List<Payload> references =
        storage.store(StorageDriverStoreContext.empty(), List.of(PAYLOAD)).join();

    assertThat(attempts).hasValue(3);
    assertThat(storage.retrieve(StorageDriverRetrieveContext.empty(), references).join())
        .containsExactly(PAYLOAD);
    assertThat(attempts).hasValue(6);
  }

  @Test
  void doesNotRepeatWhatFailsForGood() {
    gcs.respondWith((exchange, body) -> FakeGcs.sendError(exchange, 403, "forbidden", "no"));

    assertThat(
            StorageFailures.of(
                    storage(0).store(StorageDriverStoreContext.empty(), List.of(PAYLOAD)))
                .getReason())
        .isEqualTo(Reason.ACCESS_DENIED);
    assertThat(gcs.requests()).hasSize(1);
  }

  @Test
  void retrievesAnObjectOnceInWhicheverSpelling() {
    Payload own =
        storage(0).store(StorageDriverStoreContext.empty(), List.of(PAYLOAD)).join().get(0);
    StorageReference reference = StorageReference.parse(own).orElseThrow();
    Map<String, String> claim = reference.claim().getClaimData();
    Payload python = reference(claim, "bucket", "object_name", "hash_algorithm", "hash_value");
    Payload go = reference(claim, "bucket", "key", "hash_algorithm", "hash_value");
    Payload typeScript = reference(claim, "bucket", "object", "hashAlgorithm", "hashValue");

    assertThat(
            storage(1 << 20)
                .retrieve(
                    StorageDriverRetrieveContext.empty(), List.of(own, python, go, typeScript))
                .join())
        .containsOnly(PAYLOAD)
        .hasSize(4);

    assertThat(gcs.requests()).extracting(FakeGcs.Request::method).containsExactly("POST", "GET");
  }

  private ExternalStorage storage(long cacheMaxBytes) {
    return ExternalStorage.newBuilder()
        .setDriver(gcs.newDriver().build())
        .setPayloadSizeThreshold(0)
        .setCacheMaxBytes(cacheMaxBytes)
        .build();
  }

  private static Payload reference(Map<String, String> claim, String... entries) {
    Map<String, String> chosen = new HashMap<>(claim);
    chosen.keySet().retainAll(List.of(entries));
    return new StorageReference("gcp.gcsdriver", new StorageDriverClaim(chosen), 1).toPayload();
  }
}
