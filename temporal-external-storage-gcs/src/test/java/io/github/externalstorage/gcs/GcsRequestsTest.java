package io.github.externalstorage.gcs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import io.github.externalstorage.driver.StorageDriverClaim;
import io.github.externalstorage.driver.StorageDriverRetrieveContext;
import io.github.externalstorage.driver.StorageDriverStoreContext;
import io.github.externalstorage.driver.StorageDriverTargetInfo;
import io.github.externalstorage.driver.StorageDriverWorkflowInfo;
import io.github.externalstorage.driver.StorageException;
import io.github.externalstorage.driver.StorageException.Reason;
import io.github.externalstorage.driver.StoredObjects;
import io.github.externalstorage.fixtures.StorageFailures;
import io.github.externalstorage.fixtures.TestPayloads;
import io.github.externalstorage.gcs.FakeGcs.Request;
import io.temporal.api.common.v1.Payload;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The requests of the driver, and what it accepts in response. */
@Timeout(60)
final class GcsRequestsTest {

  private static final Payload PAYLOAD = TestPayloads.json("\"an order\"");

  @AutoClose private final FakeGcs gcs = new FakeGcs();
  private final GcsStorageDriver driver = gcs.newDriver().build();
  private final StoredObjects objects = driver.getStoredObjects().orElseThrow();

  @Test
  void storesWithOneUnconditionalUpload() {
    driver.store(StorageDriverStoreContext.empty(), PAYLOAD).join();
    driver.store(StorageDriverStoreContext.empty(), PAYLOAD).join();

    assertThat(gcs.requests()).hasSize(2);
    Request request = gcs.requests().get(0);
    assertThat(request.method()).isEqualTo("POST");
    assertThat(request.uri())
        .hasToString(
            "/upload/storage/v1/b/temporal-payloads/o?uploadType=multipart&fields=bucket,name,size,crc32c");
    assertThat(request.header("Content-length")).isEqualTo(String.valueOf(request.body().size()));
    assertThat(request.header("Transfer-encoding")).isNull();
    assertThat(request.header("Expect")).isNull();
    assertThat(request.header("Authorization")).isNull();
    assertThat(request.body().toStringUtf8())
        .contains(
            "\"crc32c\":\""
                + FakeGcs.crc32c(PAYLOAD.toByteString()).replace("=", "\\u003d")
                + "\"");
  }

  @Test
  void retrievesWithOneDownload() {
    StorageDriverStoreContext context =
        StorageDriverStoreContext.of(new StorageDriverWorkflowInfo("a b", "..", "%+", "注/文"));
    StorageDriverClaim claim = driver.store(context, PAYLOAD).join();

    assertThat(driver.retrieve(StorageDriverRetrieveContext.empty(), claim).join())
        .isEqualTo(PAYLOAD);

    assertThat(gcs.requests()).hasSize(2);
    assertThat(gcs.requests().get(1).method()).isEqualTo("GET");
    assertThat(gcs.requests().get(1).uri().toString())
        .startsWith(
            "/storage/v1/b/temporal-payloads/o/v0%2Fns%2Fa%20b%2Fwt%2F%E6%B3%A8%252F%E6%96%87%2Fwi%2F%252E%252E%2Fri%2F%2525%2B%2Fd%2Fsha256%2F")
        .endsWith("?alt=media");
  }

  @Test
  void describesWithTheMetadata() {
    StorageDriverClaim claim = driver.store(StorageDriverStoreContext.empty(), PAYLOAD).join();

    assertThat(objects.describe(claim).join().sizeBytes()).isEqualTo(PAYLOAD.getSerializedSize());
    assertThat(objects.describe(claim).join().storedAt())
        .isBetween(Instant.now().minus(1, ChronoUnit.MINUTES), Instant.now());
    assertThat(gcs.requests().get(1).uri().getQuery()).isEqualTo("fields=size,timeCreated");
  }

  @Test
  void describesOnlyWhatTheResponseDescribes() {
    StorageDriverClaim claim = driver.store(StorageDriverStoreContext.empty(), PAYLOAD).join();
    gcs.respondWith((exchange, body) -> FakeGcs.send(exchange, 200, "application/json", "{}"));

    assertThat(StorageFailures.of(objects.describe(claim)).getReason())
        .isEqualTo(Reason.UNAVAILABLE);
  }

  @Test
  void reportsWhenItBeganToStore() {
    AtomicReference<@Nullable Instant> storedAt = new AtomicReference<>();
    Instant before = Instant.now();
    gcs.respondWith(
        (exchange, body) -> {
          assertThat(Instant.now()).isAfterOrEqualTo(before);
          gcs.serve(exchange, body);
        });

    driver.store(storing(storedAt), PAYLOAD).join();

    assertThat(storedAt.get()).isBetween(before, Instant.now());
  }

  @Test
  void reportsWhenARetrievedObjectWasWritten() {
    assertThat(reportedAge("1", "Sun, 06 Nov 2044 08:49:37 GMT"))
        .isEqualTo(Instant.parse("2044-11-06T08:49:37Z"));
    // The metadata was changed later, so the last modification is not that of the content.
    assertThat(reportedAge("2", "Sun, 06 Nov 2044 08:49:37 GMT")).isNull();
    assertThat(reportedAge("1", "yesterday")).isNull();
  }

  private @Nullable Instant reportedAge(String metageneration, String lastModified) {
    StorageDriverClaim claim =
        driver.getClaim(StorageDriverStoreContext.empty(), PAYLOAD).orElseThrow();
    AtomicReference<@Nullable Instant> storedAt = new AtomicReference<>();
    gcs.respondWith(
        (exchange, body) -> {
          exchange.getResponseHeaders().set("x-goog-metageneration", metageneration);
          exchange.getResponseHeaders().set("last-modified", lastModified);
          FakeGcs.sendContent(exchange, PAYLOAD.toByteString());
        });
    driver
        .retrieve(
            new StorageDriverRetrieveContext() {
              @Override
              public void reportStoredAt(Instant time) {
                storedAt.set(time);
              }
            },
            claim)
        .join();
    return storedAt.get();
  }

  @Test
  void waitsForMemoryWithoutAConnection() {
    StorageDriverClaim claim = driver.store(StorageDriverStoreContext.empty(), PAYLOAD).join();
    CompletableFuture<Long> reserved = new CompletableFuture<>();
    CompletableFuture<Void> foundMissing = new CompletableFuture<>();
    CompletableFuture<Void> room =
        new CompletableFuture<>() {
          @Override
          public boolean isDone() {
            boolean done = super.isDone();
            foundMissing.complete(null);
            return done;
          }
        };
    StorageDriverRetrieveContext context =
        new StorageDriverRetrieveContext() {
          @Override
          public CompletableFuture<Void> reserve(long bytes) {
            reserved.complete(bytes);
            return room;
          }
        };

    CompletableFuture<Payload> result = driver.retrieve(context, claim);
    assertThat(reserved.join()).isEqualTo(PAYLOAD.getSerializedSize());
    // If there is room before the driver looks, it needs no further request.
    foundMissing.join();
    assertThat(result).isNotDone();
    room.complete(null);

    assertThat(result.join()).isEqualTo(PAYLOAD);
    assertThat(gcs.requests()).hasSize(3);
  }

  @Test
  void doesNotReadAnObjectThatIsTooLarge() {
    GcsStorageDriver limited = gcs.newDriver().setMaxPayloadSize(100).build();
    ByteString content = TestPayloads.ofLetters(1000, 1).toByteString();
    StorageDriverClaim claim =
        driver.store(StorageDriverStoreContext.empty(), TestPayloads.ofLetters(1000, 1)).join();

    StorageException failure =
        StorageFailures.of(limited.retrieve(StorageDriverRetrieveContext.empty(), claim));

    assertThat(failure.getReason()).isEqualTo(Reason.TOO_LARGE);
    assertThat(failure)
        .hasMessageContaining(", size=%s, maxPayloadSize=100, ".formatted(content.size()));
  }

  @Test
  void stopsReadingWhenAnObjectOfUnknownSizeIsTooLarge() {
    StorageDriverClaim claim =
        driver.getClaim(StorageDriverStoreContext.empty(), PAYLOAD).orElseThrow();
    gcs.respondWith(
        (exchange, body) -> {
          exchange.sendResponseHeaders(200, 0);
          exchange.getResponseBody().write(new byte[1_000_000]);
        });

    StorageException failure =
        StorageFailures.of(
            gcs.newDriver()
                .setMaxPayloadSize(100_000)
                .build()
                .retrieve(StorageDriverRetrieveContext.empty(), claim));

    assertThat(failure.getReason()).isEqualTo(Reason.TOO_LARGE);
  }

  @Test
  void readsAnObjectOfUnknownSize() {
    Payload payload = TestPayloads.ofLetters(300_000, 1);
    StorageDriverClaim claim = driver.store(StorageDriverStoreContext.empty(), payload).join();
    gcs.respondWith(
        (exchange, body) -> {
          exchange.sendResponseHeaders(200, 0);
          payload.writeTo(exchange.getResponseBody());
        });

    assertThat(driver.retrieve(StorageDriverRetrieveContext.empty(), claim).join())
        .isEqualTo(payload);
  }

  @Test
  void reportsAnObjectThatEndsEarlyAsATemporaryFault() {
    StorageDriverClaim claim = driver.store(StorageDriverStoreContext.empty(), PAYLOAD).join();
    gcs.respondWith(
        (exchange, body) -> {
          exchange.sendResponseHeaders(200, PAYLOAD.getSerializedSize());
          exchange.getResponseBody().write(PAYLOAD.toByteArray(), 0, 5);
          exchange.getResponseBody().flush();
        });

    StorageException failure =
        StorageFailures.of(driver.retrieve(StorageDriverRetrieveContext.empty(), claim));

    assertThat(failure.getReason()).isEqualTo(Reason.UNAVAILABLE);
    assertThat(failure.isRetryable()).isTrue();
  }

  @Test
  void rejectsAPayloadThatIsTooLargeWithoutARequest() {
    GcsStorageDriver limited = gcs.newDriver().setMaxPayloadSize(10).build();

    assertThat(StorageFailures.of(limited.store(StorageDriverStoreContext.empty(), PAYLOAD)))
        .hasMessageContaining(
            "exceeds the maximum of 10 bytes of the storage driver 'gcp.gcsdriver'");
    assertThatThrownBy(() -> limited.getClaim(StorageDriverStoreContext.empty(), PAYLOAD))
        .isInstanceOf(StorageException.class);
    assertThat(gcs.requests()).isEmpty();
  }

  @Test
  void storesInTheSelectedBucketOnly() {
    GcsStorageDriver selecting =
        gcs.newDriver()
            .setBucketSelector((context, payload) -> "unknown", List.of(FakeGcs.BUCKET))
            .build();

    assertThat(StorageFailures.of(selecting.store(StorageDriverStoreContext.empty(), PAYLOAD)))
        .hasMessageContaining("returned the bucket 'unknown'");
    assertThat(gcs.requests()).isEmpty();
  }

  private static StorageDriverStoreContext storing(AtomicReference<@Nullable Instant> storedAt) {
    return new StorageDriverStoreContext() {
      @Override
      public Optional<StorageDriverTargetInfo> getTarget() {
        return Optional.empty();
      }

      @Override
      public void reportStoredAt(Instant time) {
        storedAt.set(time);
      }
    };
  }
}
