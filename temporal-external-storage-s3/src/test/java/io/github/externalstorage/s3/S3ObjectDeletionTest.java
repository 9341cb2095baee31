package io.github.externalstorage.s3;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import io.github.externalstorage.driver.ListObjectsRequest;
import io.github.externalstorage.driver.ListedObject;
import io.github.externalstorage.driver.ObjectDeletion;
import io.github.externalstorage.driver.ObjectStore;
import io.github.externalstorage.driver.StorageException;
import io.github.externalstorage.driver.StorageException.Reason;
import io.github.externalstorage.fixtures.StorageFailures;
import io.github.externalstorage.s3.VersionedBucket.Version;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.s3.DelegatingS3AsyncClient;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.model.HeadObjectRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;

@Timeout(60)
final class S3ObjectDeletionTest {

  @AutoClose private final ScriptedServer server = new ScriptedServer();

  @AutoClose private final S3AsyncClient client = TestClients.plain(server.endpoint()).build();

  private final VersionedBucket bucket = new VersionedBucket();
  private final ObjectStore store = store(client);

  @BeforeEach
  void start() {
    server.respondWith(bucket);
  }

  private static ObjectStore store(S3AsyncClient client) {
    return S3StorageDriver.newBuilder()
        .setClient(client)
        .setBucket(Samples.BUCKET)
        .setStallTimeout(TestClients.LONG_TIMEOUT)
        .build()
        .getObjectStore()
        .orElseThrow();
  }

  @Test
  void canBeUndoneIfTheBucketIsVersioned() {
    Version version = bucket.put();
    ListedObject listed = listed();
    ObjectDeletion deletion = delete(listed);
    assertThat(bucket.current()).isEmpty();
    assertThat(deletion).isEqualTo(new ObjectDeletion(true, bucket.versions().get(0).id()));
    // Another version is never removed, even if its id is passed.
    assertThat(rejectedRestore(version.id()).getReason()).isEqualTo(Reason.NOT_FOUND);
    store.restoreObject(Samples.BUCKET, VersionedBucket.KEY, deletion.undoToken()).join();
    assertThat(bucket.versions()).containsExactly(version);
  }

  @Test
  void sendsTheETag() {
    bucket.put();
    ListedObject listed = listed();
    server.clear();
    assertThat(delete(listed).deleted()).isTrue();
    assertThat(requests("DELETE")).hasSize(1);
    assertThat(requests("DELETE").get(0).getRequestHeaders().getFirst("If-Match"))
        .isEqualTo('"' + VersionedBucket.ETAG + '"');
  }

  @Test
  void leavesWhatWasStoredAgainBeforeTheCheck() {
    bucket.put();
    ListedObject listed = listed();
    Version again = bucket.put();
    assertThat(delete(listed)).isEqualTo(ObjectDeletion.changed());
    assertThat(bucket.current()).contains(again);
    assertThat(requests("DELETE")).isEmpty();
  }

  @Test
  void bringsBackWhatWasStoredAgainAfterTheCheck() {
    bucket.put();
    ListedObject listed = listed();
    bucket.beforeDeletion(bucket::put);
    assertThat(delete(listed)).isEqualTo(ObjectDeletion.changed());
    assertThat(bucket.current()).isPresent();
    assertThat(bucket.versions()).hasSize(2).noneMatch(Version::isMarker);
  }

  @Test
  void isCompletedByTheNextCall() {
    bucket.put();
    ListedObject listed = listed();
    bucket.beforeDeletion(() -> bucket.listVersionsWith(503));
    StorageException failure = rejectedDelete(listed);
    assertThat(failure.isRetryable()).isTrue();
    assertThat(failure).hasMessageStartingWith("S3 list versions failed [bucket=");
    bucket.listVersionsWith(200);
    assertThat(delete(listed)).isEqualTo(new ObjectDeletion(true, bucket.versions().get(0).id()));
    assertThat(bucket.versions()).hasSize(2);
  }

  @Test
  void isCompletedOnAServerThatDoesNotNameDeleteMarkers() {
    bucket.hideDeleteMarkers();
    bucket.put();
    ListedObject listed = listed();
    String marker = delete(listed).undoToken();
    assertThat(delete(listed)).isEqualTo(new ObjectDeletion(true, marker));
  }

  @ParameterizedTest
  @ValueSource(ints = {403, 501})
  void leavesAMissingObjectWhoseVersionsCanNotBeListed(int status) {
    bucket.hideDeleteMarkers();
    bucket.put();
    ListedObject listed = listed();
    assertThat(delete(listed).deleted()).isTrue();
    bucket.listVersionsWith(status);
    assertThat(delete(listed)).isEqualTo(ObjectDeletion.changed());
  }

  @Test
  void isTakenBackByTheNextCall() {
    bucket.put();
    ListedObject listed = listed();
    bucket.beforeDeletion(
        () -> {
          bucket.put();
          bucket.listVersionsWith(503);
        });
    assertThat(rejectedDelete(listed).isRetryable()).isTrue();
    assertThat(bucket.current()).isEmpty();
    bucket.listVersionsWith(200);
    assertThat(delete(listed)).isEqualTo(ObjectDeletion.changed());
    assertThat(bucket.current()).isPresent();
  }

  @Test
  void isNotTakenBackIfTheObjectWasStoredAfterIt() {
    bucket.put();
    ListedObject listed = listed();
    ObjectDeletion deletion = delete(listed);
    Version again = bucket.put();
    assertThat(delete(listed)).isEqualTo(ObjectDeletion.changed());
    store.restoreObject(Samples.BUCKET, VersionedBucket.KEY, deletion.undoToken()).join();
    assertThat(bucket.current()).contains(again);
    assertThat(bucket.versions()).hasSize(3);
  }

  @Test
  void needsThePermissionToListVersionsBeforehand() {
    bucket.put();
    ListedObject listed = listed();
    bucket.listVersionsWith(403);
    StorageException failure = rejectedDelete(listed);
    assertThat(failure.getReason()).isEqualTo(Reason.ACCESS_DENIED);
    assertThat(failure).hasMessageContaining("s3:ListBucketVersions");
    assertThat(requests("DELETE")).isEmpty();
  }

  @Test
  void canNotBeUndoneIfVersioningIsSuspended() {
    bucket.suspend();
    bucket.put();
    assertThat(delete(listed())).isEqualTo(new ObjectDeletion(true, ""));
    assertThat(bucket.current()).isEmpty();
  }

  /** The delete marker has no id, and what it hides is the version that was listed. */
  @Test
  void canBeUndoneForAFormerVersionIfVersioningIsSuspended() {
    Version version = bucket.put();
    bucket.suspend();
    ObjectDeletion deletion = delete(listed());
    assertThat(deletion).isEqualTo(new ObjectDeletion(true, "null"));
    store.restoreObject(Samples.BUCKET, VersionedBucket.KEY, "null").join();
    assertThat(bucket.current()).contains(version);
  }

  @ParameterizedTest
  @ValueSource(ints = {404, 412})
  void leavesWhatTheServerFindsChanged(int status) {
    bucket.put();
    bucket.respondToIfMatchWith(status);
    assertThat(delete(listed())).isEqualTo(ObjectDeletion.changed());
    assertThat(bucket.current()).isPresent();
  }

  @Test
  void needsNoServerWithIfMatch() {
    bucket.put();
    bucket.respondToIfMatchWith(501);
    assertThat(delete(listed()).deleted()).isTrue();
    assertThat(requests("DELETE")).hasSize(2);
    assertThat(bucket.current()).isEmpty();
  }

  @Test
  void distinguishesAMissingBucket() {
    bucket.put();
    ListedObject listed = listed();
    server.respondWith(
        exchange ->
            ScriptedServer.send(
                exchange,
                404,
                exchange.getRequestMethod().equals("HEAD")
                    ? ""
                    : "<Error><Code>NoSuchBucket</Code></Error>"));
    assertThat(rejectedDelete(listed).getReason()).isEqualTo(Reason.MISCONFIGURED);
  }

  @ParameterizedTest
  @CsvSource({
    "HEAD, 403, ACCESS_DENIED, false, s3:GetObject",
    "DELETE, 403, ACCESS_DENIED, false, s3:DeleteObject",
    "HEAD, 503, UNAVAILABLE, true, can't serve",
    "DELETE, 503, UNAVAILABLE, true, can't serve",
    "DELETE, 500, UNAVAILABLE, true, can't serve",
    "DELETE, 409, MISCONFIGURED, false, rejected",
  })
  void failsOnce(String method, int status, Reason reason, boolean isRetryable, String remedy) {
    bucket.put();
    ListedObject listed = listed();
    server.respondWith(
        exchange -> {
          if (exchange.getRequestMethod().equals(method)) {
            ScriptedServer.send(exchange, status, method.equals("HEAD") ? "" : "<Error></Error>");
          } else {
            bucket.handle(exchange);
          }
        });
    StorageException failure = rejectedDelete(listed);
    assertThat(failure.getReason()).isEqualTo(reason);
    assertThat(failure.isRetryable()).isEqualTo(isRetryable);
    assertThat(failure)
        .hasMessageStartingWith(
            "S3 delete failed [bucket=%s, key=%s, region=eu-central-1, endpoint="
                .formatted(Samples.BUCKET, VersionedBucket.KEY))
        .hasMessageContaining(remedy);
    assertThat(requests(method)).hasSize(1);
    assertThat(bucket.current()).isPresent();
  }

  /** Without the driver's configuration, the client might repeat the deletion. */
  @Test
  void isNotSentByAClientThatDropsTheConfiguration() {
    bucket.put();
    ListedObject listed = listed();
    ObjectStore other =
        store(
            new DelegatingS3AsyncClient(client) {
              @Override
              public CompletableFuture<HeadObjectResponse> headObject(HeadObjectRequest request) {
                return super.headObject(
                    HeadObjectRequest.builder()
                        .bucket(request.bucket())
                        .key(request.key())
                        .build());
              }
            });
    StorageException failure = StorageFailures.of(other.deleteObject(Samples.BUCKET, listed));
    assertThat(failure.getReason()).isEqualTo(Reason.MISCONFIGURED);
    assertThat(failure).hasMessageContaining("overrideConfiguration");
    assertThat(requests("DELETE")).isEmpty();
  }

  private ListedObject listed() {
    return store.listObjects(ListObjectsRequest.of(Samples.BUCKET, "")).join().objects().get(0);
  }

  private ObjectDeletion delete(ListedObject object) {
    return store.deleteObject(Samples.BUCKET, object).join();
  }

  private StorageException rejectedDelete(ListedObject object) {
    return StorageFailures.of(store.deleteObject(Samples.BUCKET, object));
  }

  private StorageException rejectedRestore(String token) {
    return StorageFailures.of(store.restoreObject(Samples.BUCKET, VersionedBucket.KEY, token));
  }

  private List<HttpExchange> requests(String method) {
    return server.requests().stream().filter(it -> it.getRequestMethod().equals(method)).toList();
  }
}
