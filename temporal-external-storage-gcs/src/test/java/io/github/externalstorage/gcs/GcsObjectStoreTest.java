package io.github.externalstorage.gcs;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.github.externalstorage.driver.ListObjectsRequest;
import io.github.externalstorage.driver.ListedObject;
import io.github.externalstorage.driver.ObjectDeletion;
import io.github.externalstorage.driver.ObjectPage;
import io.github.externalstorage.driver.ObjectStore;
import io.github.externalstorage.driver.StorageException;
import io.github.externalstorage.driver.StorageException.Reason;
import io.github.externalstorage.fixtures.StorageFailures;
import io.github.externalstorage.gcs.FakeGcsForOperators.Kept;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
final class GcsObjectStoreTest {

  private static final String BUCKET = FakeGcs.BUCKET;
  private static final String KEY = "v0/ns/größe%2F/d/sha256/" + "a".repeat(64);
  private static final ByteString CONTENT = ByteString.copyFromUtf8("content");

  private static final String PAGE =
      "{\"kind\":\"storage#objects\",\"items\":[{\"name\":\"v0/a\",\"size\":\"7\",\"timeCreated\":\"2026-01-01T00:00:00Z\",\"generation\":\"12\"}]}";

  @AutoClose private final FakeGcs gcs = new FakeGcs();
  private final ObjectStore store =
      gcs.newDriver()
          .setStallTimeout(Duration.ofSeconds(30))
          .build()
          .getObjectStore()
          .orElseThrow();

  @ParameterizedTest
  @EnumSource(names = {"NONCURRENT", "SOFT_DELETED"})
  void restoresWhatTheBucketKeeps(Kept kept) {
    gcs.operators().setKept(kept);
    ListedObject object = put();
    ObjectDeletion deletion = delete(object);
    assertThat(deletion).isEqualTo(new ObjectDeletion(true, object.version()));
    assertThat(gcs.objects()).isEmpty();
    restore(deletion.undoToken()).join();
    assertThat(gcs.objects().get(KEY)).returns(CONTENT, FakeGcs.StoredContent::content);
    // The object exists, so nothing is restored again.
    ListedObject restored = listed();
    restore(deletion.undoToken()).join();
    assertThat(listed()).isEqualTo(restored);
  }

  @Test
  void looksOnceWhetherTheBucketKeepsObjects() {
    assertThat(delete(put())).isEqualTo(new ObjectDeletion(true, ""));
    ListedObject next = put();
    gcs.requests().clear();
    assertThat(delete(next)).isEqualTo(new ObjectDeletion(true, ""));
    assertThat(gcs.requests()).extracting(FakeGcs.Request::method).containsExactly("GET", "DELETE");
    assertThat(gcs.requests().get(1).uri().getQuery())
        .isEqualTo("ifGenerationMatch=" + next.version());
  }

  @Test
  void restoresNothingThatTheBucketDoesNotKeep() {
    ListedObject object = put();
    var unused = delete(object);
    StorageException failure = StorageFailures.of(restore(object.version()));
    assertThat(failure.getReason()).isEqualTo(Reason.NOT_FOUND);
    assertThat(failure)
        .hasMessageStartingWith(
            "GCS restore failed [bucket=temporal-payloads, key=v0/ns/größe%2F/d");
  }

  /** The response to the first deletion was lost. */
  @Test
  void canBeUndoneByTheTokenOfARepeatedDeletion() {
    gcs.operators().setKept(Kept.NONCURRENT);
    ListedObject object = put();
    ObjectDeletion first = delete(object);
    assertThat(delete(object)).isEqualTo(first);
  }

  @Test
  void leavesWhatWasStoredAgain() {
    ListedObject object = put();
    ListedObject again = put();
    assertThat(delete(object)).isEqualTo(ObjectDeletion.changed());
    assertThat(listed()).isEqualTo(again);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{}",
        "[]",
        "<html>Welcome</html>",
        "{\"kind\":\"storage#object\"}",
        "{\"kind\":\"storage#objects\",\"items\":[{}]}",
        "{\"kind\":\"storage#objects\",\"items\":[{\"name\":\"v0/a\"}]}",
        "{\"kind\":\"storage#objects\",\"items\":[{\"name\":\"other\",\"size\":\"7\",\"timeCreated\":\"2026-01-01T00:00:00Z\",\"generation\":\"12\"}]}",
        "{\"kind\":\"storage#objects\",\"items\":[{\"name\":\"v0/a\",\"size\":\"x\",\"timeCreated\":\"2026-01-01T00:00:00Z\",\"generation\":\"12\"}]}",
        "{\"kind\":\"storage#objects\",\"prefixes\":[\"other/\"]}",
      })
  void failsIfTheResponseIsNoPage(String body) {
    gcs.respondWith((exchange, unused) -> FakeGcs.send(exchange, 200, "application/json", body));
    assertUnavailable(StorageFailures.of(list("v0/")));
  }

  /** Whether the length is the one that the response has, or the one that it should have had. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void failsIfTheResponseEndsEarly(boolean isComplete) {
    for (int length = 0; length < PAGE.length(); length += 7) {
      byte[] start = PAGE.substring(0, length).getBytes(StandardCharsets.UTF_8);
      gcs.respondWith(
          (exchange, unused) -> {
            exchange.sendResponseHeaders(
                200, !isComplete ? PAGE.length() : start.length == 0 ? -1 : start.length);
            exchange.getResponseBody().write(start);
          });
      assertUnavailable(StorageFailures.of(list("v0/")));
    }
    gcs.respondWith((exchange, unused) -> FakeGcs.send(exchange, 200, "application/json", PAGE));
    assertThat(list("v0/").join().objects()).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({
    "403, forbidden, storage.objects.list, ACCESS_DENIED, false",
    "404, notFound, the bucket does not exist, MISCONFIGURED, false",
    "401, authError, does not accept the credentials, ACCESS_DENIED, true",
    "429, rateLimitExceeded, can't serve, UNAVAILABLE, true",
    "503, backendError, can't serve, UNAVAILABLE, true",
  })
  void listingFailsOnce(
      int status, String reason, String remedy, Reason expected, boolean isRetryable) {
    gcs.respondWith((exchange, body) -> FakeGcs.sendError(exchange, status, reason, "no"));
    StorageException failure = StorageFailures.of(list("v0/"));
    assertThat(failure)
        .returns(expected, StorageException::getReason)
        .returns(isRetryable, StorageException::isRetryable)
        .hasMessageStartingWith("GCS list failed [bucket=temporal-payloads, key=v0/, endpoint=")
        .hasMessageContaining("status=" + status)
        .hasMessageContaining(remedy);
    assertThat(gcs.requests()).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({
    "403, forbidden, no, storage.objects.delete, ACCESS_DENIED, false",
    "403, retentionPolicyNotMet, no, retention policy, ACCESS_DENIED, false",
    "404, notFound, The specified bucket does not exist., bucket does not exist, MISCONFIGURED, false",
    "429, rateLimitExceeded, no, can't serve, UNAVAILABLE, true",
    "503, backendError, no, can't serve, UNAVAILABLE, true",
  })
  void deletionFailsOnce(
      int status,
      String reason,
      String message,
      String remedy,
      Reason expected,
      boolean isRetryable) {
    ListedObject object = put();
    gcs.requests().clear();
    gcs.respondWith(
        (exchange, body) -> {
          if (exchange.getRequestMethod().equals("DELETE")) {
            FakeGcs.sendError(exchange, status, reason, message);
          } else {
            gcs.serve(exchange, body);
          }
        });
    StorageException failure = StorageFailures.of(store.deleteObject(BUCKET, object));
    assertThat(failure)
        .returns(expected, StorageException::getReason)
        .returns(isRetryable, StorageException::isRetryable)
        .hasMessageStartingWith("GCS delete failed [bucket=temporal-payloads, key=v0/ns/größe%2F/d")
        .hasMessageContaining(remedy);
    assertThat(gcs.requests()).hasSize(2);
    assertThat(listed()).isEqualTo(object);
  }

  /** Between the driver's check and its deletion. */
  @Test
  void leavesWhatIsStoredJustBeforeTheDeletion() {
    ListedObject object = put();
    gcs.respondWith(
        (exchange, body) -> {
          if (exchange.getRequestMethod().equals("DELETE")) {
            gcs.put(KEY, CONTENT);
          }
          gcs.serve(exchange, body);
        });
    assertThat(delete(object)).isEqualTo(ObjectDeletion.changed());
    assertThat(gcs.objects()).containsKey(KEY);
  }

  @Test
  void isAbortedIfItStalls() {
    gcs.respondWith(
        (exchange, body) -> {
          try {
            Thread.sleep(Duration.ofMinutes(5).toMillis());
          } catch (InterruptedException e) {
            // The server is closed.
          }
        });
    ObjectStore impatient =
        gcs.newDriver()
            .setStallTimeout(Duration.ofMillis(200))
            .build()
            .getObjectStore()
            .orElseThrow();
    StorageException failure =
        StorageFailures.of(impatient.listObjects(ListObjectsRequest.of(BUCKET, "")));
    assertUnavailable(failure);
    assertThat(failure).hasMessageContaining("stalled");
  }

  private static void assertUnavailable(StorageException failure) {
    assertThat(failure)
        .returns(Reason.UNAVAILABLE, StorageException::getReason)
        .returns(true, StorageException::isRetryable);
  }

  private ListedObject put() {
    gcs.put(KEY, CONTENT);
    return listed();
  }

  private ListedObject listed() {
    return list("v0/ns/größe%2F/").join().objects().get(0);
  }

  private CompletableFuture<ObjectPage> list(String prefix) {
    return store.listObjects(ListObjectsRequest.of(BUCKET, prefix));
  }

  private ObjectDeletion delete(ListedObject object) {
    return store.deleteObject(BUCKET, object).join();
  }

  private CompletableFuture<Void> restore(String token) {
    return store.restoreObject(BUCKET, KEY, token);
  }
}
