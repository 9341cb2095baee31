package io.github.externalstorage.s3;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.hash.Hashing;
import com.google.common.io.BaseEncoding;
import com.sun.net.httpserver.HttpExchange;
import io.github.externalstorage.driver.ListObjectsRequest;
import io.github.externalstorage.driver.ListedObject;
import io.github.externalstorage.driver.ObjectStore;
import io.github.externalstorage.driver.StorageBuckets;
import io.github.externalstorage.driver.StorageDriverClaim;
import io.github.externalstorage.driver.StorageDriverRetrieveContext;
import io.github.externalstorage.driver.StorageDriverStoreContext;
import io.github.externalstorage.driver.StorageException;
import io.github.externalstorage.driver.StorageException.Reason;
import io.temporal.api.common.v1.Payload;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.services.s3.DelegatingS3AsyncClient;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.model.S3Request;

/** The requests on the wire if the caller's client has the AWS SDK's defaults. */
final class S3RequestsTest {

  private static final String UPLOAD =
      "<InitiateMultipartUploadResult><UploadId>upload</UploadId></InitiateMultipartUploadResult>";

  private final Payload payload = Samples.payload("{\"order\":1}");
  private final List<String> sent = new CopyOnWriteArrayList<>();

  @AutoClose private final ScriptedServer server = new ScriptedServer();

  @AutoClose
  private final S3AsyncClient client =
      TestClients.plain(server.endpoint())
          .overrideConfiguration(it -> it.addExecutionInterceptor(new Recorder()))
          .build();

  private S3StorageDriver driver;

  @BeforeEach
  void createDriver() {
    driver = S3StorageDriver.newBuilder().setClient(client).setBucket(Samples.BUCKET).build();
  }

  @Test
  void storingIsOnePut() {
    StorageDriverClaim claim = store().join();

    assertThat(sent).containsExactly("PUT");
    assertThat(server.requests()).hasSize(1);
    assertThat(server.requests().get(0).getRequestURI().getPath())
        .isEqualTo("/" + Samples.BUCKET + "/" + claim.getClaimData().get("key"));
  }

  @Test
  void storingSendsTheHashThatIsThereAndNoOther() {
    store().join();

    byte[] hash = Hashing.sha256().hashBytes(payload.toByteArray()).asBytes();
    HttpExchange put = server.requests().get(0);
    assertThat(put.getRequestHeaders().keySet())
        .filteredOn(it -> it.toLowerCase(Locale.ROOT).contains("checksum"))
        .containsExactly("X-amz-checksum-sha256");
    assertThat(put.getRequestHeaders().getFirst("X-amz-checksum-sha256"))
        .isEqualTo(BaseEncoding.base64().encode(hash));
    assertThat(put.getRequestHeaders()).doesNotContainKeys("X-amz-trailer", "Content-encoding");
  }

  @Test
  void storingIsOnePutForAClientThatSplitsObjects() {
    try (S3AsyncClient splitting =
        TestClients.plain(server.endpoint()).multipartEnabled(true).build()) {
      S3StorageDriver.newBuilder()
          .setClient(splitting)
          .setBucket(Samples.BUCKET)
          .build()
          .store(StorageDriverStoreContext.empty(), Samples.payload(20 << 20))
          .join();
    }
    assertThat(server.requests()).extracting(HttpExchange::getRequestMethod).containsExactly("PUT");
    assertThat(server.requests().get(0).getRequestURI().getQuery()).isNull();
  }

  /**
   * S3 would reject the SHA-256 of the whole object, and a wrapper around the client can't be
   * removed.
   */
  @Test
  void aClientAroundOneThatSplitsObjectsFailsWithTheRemedy() {
    server.respondWith(
        exchange ->
            ScriptedServer.send(
                exchange, 200, exchange.getRequestMethod().equals("POST") ? UPLOAD : ""));
    try (S3AsyncClient splitting =
            TestClients.plain(server.endpoint()).multipartEnabled(true).build();
        S3AsyncClient wrapping = new DelegatingS3AsyncClient(splitting) {}) {
      driver = S3StorageDriver.newBuilder().setClient(wrapping).setBucket(Samples.BUCKET).build();
      StorageException failure =
          Samples.failure(
              driver.store(StorageDriverStoreContext.empty(), Samples.payload(20 << 20)));

      assertThat(failure.getReason()).isEqualTo(Reason.MISCONFIGURED);
      assertThat(failure.isRetryable()).isFalse();
      assertThat(failure).hasMessageEndingWith("without multipartEnabled");
      assertThat(store().join()).isEqualTo(Samples.claim(payload));
    }
    // The small object, and no part of the large one. AWS SDK 2.30 starts an upload and aborts it.
    assertThat(server.requests())
        .extracting(HttpExchange::getRequestMethod)
        .containsOnlyOnce("PUT");
  }

  /** A mock, or a proxy that adds to requests, may know no other way to call a client. */
  @Test
  void aClientGetsCompleteRequests() {
    Map<String, Object> calls = new ConcurrentHashMap<>();
    S3AsyncClient recording =
        (S3AsyncClient)
            Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {S3AsyncClient.class},
                (proxy, method, arguments) -> {
                  if (arguments != null) {
                    calls.put(method.getName(), arguments[0]);
                  }
                  return method.invoke(client, arguments);
                });
    driver = S3StorageDriver.newBuilder().setClient(recording).setBucket(Samples.BUCKET).build();
    ObjectStore objects = driver.getObjectStore().orElseThrow();
    StorageBuckets buckets = driver.getStorageBuckets().orElseThrow();

    CompletableFuture.allOf(
            store(),
            retrieve(),
            driver.getStoredObjects().orElseThrow().describe(Samples.claim(payload)),
            objects.listObjects(ListObjectsRequest.of(Samples.BUCKET, "v0/")),
            objects.deleteObject(Samples.BUCKET, new ListedObject("v0/1", 1, Instant.EPOCH, "e")),
            objects.restoreObject(Samples.BUCKET, "v0/1", "marker"),
            buckets.readSettings(buckets.listBuckets().iterator().next()))
        .exceptionally(failure -> null)
        .join();

    assertThat(calls)
        .containsKeys("putObject", "getObject", "headObject", "listObjectsV2")
        .containsKeys("listObjectVersions", "getBucketLifecycleConfiguration");
    assertThat(calls.values()).allMatch(S3Request.class::isInstance);
  }

  @Test
  void retrievingIsOneGet() {
    server.respondWith(payload);

    assertThat(retrieve().join()).isEqualTo(payload);
    assertThat(sent).containsExactly("GET");
    assertThat(server.requests()).hasSize(1);
    assertThat(server.requests().get(0).getRequestHeaders()).doesNotContainKey("X-amz-te");
  }

  @ParameterizedTest
  @ValueSource(ints = {500, 503, 429})
  void aFailedRequestIsNotSentAgain(int status) {
    server.respondWith(status, "SlowDown");

    StorageException storing = Samples.failure(store());
    StorageException retrieving = Samples.failure(retrieve());

    assertThat(storing.isRetryable()).isTrue();
    assertThat(retrieving.isRetryable()).isTrue();
    assertThat(sent).containsExactly("PUT", "GET");
    assertThat(server.requests()).hasSize(2);
  }

  @Test
  void aFailedRequestThatWasCustomizedIsNotSentAgain() {
    server.respondWith(500, "InternalError");
    driver =
        S3StorageDriver.newBuilder()
            .setClient(client)
            .setBucket(Samples.BUCKET)
            .setPutObjectCustomizer(
                (request, context, it) ->
                    request.overrideConfiguration(o -> o.putHeader("X-Custom", "mine")))
            .build();

    assertThat(Samples.failure(store()).isRetryable()).isTrue();
    assertThat(server.requests()).hasSize(1);
    assertThat(server.requests().get(0).getRequestHeaders().getFirst("X-Custom")).isEqualTo("mine");
  }

  @Test
  void aClientThatSendsOnceAnywayIsLeftAsItIs() {
    server.respondWith(500, "InternalError");
    try (S3AsyncClient tuned = TestClients.tuned(server.endpoint()).build()) {
      driver = S3StorageDriver.newBuilder().setClient(tuned).setBucket(Samples.BUCKET).build();

      assertThat(Samples.failure(store()).isRetryable()).isTrue();
      assertThat(Samples.failure(retrieve()).isRetryable()).isTrue();
    }
    assertThat(server.requests())
        .extracting(HttpExchange::getRequestMethod)
        .containsExactly("PUT", "GET");
    assertThat(server.requests().get(0).getRequestHeaders())
        .doesNotContainKeys("X-amz-trailer", "Content-encoding");
    assertThat(server.requests().get(1).getRequestHeaders()).doesNotContainKey("X-amz-te");
  }

  private CompletableFuture<StorageDriverClaim> store() {
    return driver.store(StorageDriverStoreContext.empty(), payload);
  }

  private CompletableFuture<Payload> retrieve() {
    return driver.retrieve(StorageDriverRetrieveContext.empty(), Samples.claim(payload));
  }

  private final class Recorder implements ExecutionInterceptor {
    @Override
    public void beforeTransmission(
        Context.BeforeTransmission context, ExecutionAttributes attributes) {
      sent.add(context.httpRequest().method().name());
    }
  }
}
