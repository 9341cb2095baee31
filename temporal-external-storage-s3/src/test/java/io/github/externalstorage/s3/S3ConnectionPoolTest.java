package io.github.externalstorage.s3;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.externalstorage.driver.CancellationToken;
import io.github.externalstorage.driver.ListObjectsRequest;
import io.github.externalstorage.driver.ObjectPage;
import io.github.externalstorage.driver.StorageDriverClaim;
import io.github.externalstorage.driver.StorageDriverRetrieveContext;
import io.github.externalstorage.driver.StorageDriverStoreContext;
import io.github.externalstorage.driver.StorageException;
import io.github.externalstorage.driver.StorageException.Reason;
import io.github.externalstorage.fixtures.SilentServer;
import io.github.externalstorage.s3.internal.requests.S3Fault;
import io.temporal.api.common.v1.Payload;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.core.async.AsyncRequestBody;
import software.amazon.awssdk.core.async.AsyncResponseTransformer;
import software.amazon.awssdk.core.async.SdkPublisher;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.nio.netty.NettyNioAsyncHttpClient;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;

/** Requests that find no free connection in the client's pool. */
@Timeout(60)
final class S3ConnectionPoolTest {

  @ParameterizedTest
  @EnumSource(names = {"STORE", "RETRIEVE"})
  void aLackOfConnectionsIsNotBlamedOnTheNetwork(S3CancellationTest.Call call) throws Exception {
    try (SilentServer server = new SilentServer(call::response);
        S3AsyncClient client =
            TestClients.plain(server.endpoint())
                .httpClientBuilder(
                    NettyNioAsyncHttpClient.builder()
                        .maxConcurrency(1)
                        .connectionAcquisitionTimeout(Duration.ofMillis(100)))
                .build()) {
      S3StorageDriver driver = driver(client);
      CompletableFuture<?> first =
          server.awaitRequest(() -> call.start(driver, CancellationToken.none()));

      StorageException failure = Samples.failure(call.start(driver, CancellationToken.none()));

      assertThat(failure.getReason()).isEqualTo(Reason.UNAVAILABLE);
      assertThat(failure.isRetryable()).isTrue();
      assertThat(failure)
          .hasMessageEndingWith(S3Fault.NO_CONNECTION.remedy())
          .hasMessageContaining("maxConcurrency")
          .message()
          .doesNotContain("network");
      first.cancel(true);
    }
  }

  @Test
  void aStoreThatGotNoConnectionIsMadeAgainWhileOthersProceed() {
    ScriptedClient client = new ScriptedClient();
    S3StorageDriver driver = driver(client);
    CompletableFuture<?> first = store(driver, "first");
    CompletableFuture<?> second = store(driver, "second");
    client.puts.get(0).complete(PutObjectResponse.builder().build());
    first.join();

    client.puts.get(1).completeExceptionally(ScriptedClient.noConnection());

    assertThat(client.puts).hasSize(3);
    client.puts.get(2).complete(PutObjectResponse.builder().build());
    second.join();
  }

  @Test
  void aRetrievalThatGotNoConnectionIsMadeAgainWhileOthersProceed() {
    ScriptedClient client = new ScriptedClient();
    S3StorageDriver driver = driver(client);
    Payload payload = Samples.payload("content");
    CompletableFuture<?> stored = store(driver, "other");
    CompletableFuture<Payload> retrieved =
        driver.retrieve(StorageDriverRetrieveContext.empty(), Samples.claim(payload));
    client.puts.get(0).complete(PutObjectResponse.builder().build());
    stored.join();

    client.gets.get(0).fail(ScriptedClient.noConnection());

    assertThat(client.gets).hasSize(2);
    client.gets.get(1).respond(payload);
    assertThat(retrieved.join()).isEqualTo(payload);
  }

  @Test
  void aListingThatGotNoConnectionIsMadeAgainWhileOthersProceed() {
    ScriptedClient client = new ScriptedClient();
    S3StorageDriver driver = driver(client);
    CompletableFuture<?> stored = store(driver, "other");
    CompletableFuture<ObjectPage> listed =
        driver
            .getObjectStore()
            .orElseThrow()
            .listObjects(ListObjectsRequest.of(Samples.BUCKET, ""));
    client.puts.get(0).complete(PutObjectResponse.builder().build());
    stored.join();

    client.listings.get(0).completeExceptionally(ScriptedClient.noConnection());

    assertThat(client.listings).hasSize(2);
    client.listings.get(1).complete(ListObjectsV2Response.builder().isTruncated(false).build());
    assertThat(listed.join().objects()).isEmpty();
  }

  @Test
  void whereNothingProceedsItFails() {
    ScriptedClient client = new ScriptedClient();
    CompletableFuture<?> stored = store(driver(client), "only");

    client.puts.get(0).completeExceptionally(ScriptedClient.noConnection());

    assertThat(Samples.failure(stored)).hasMessageEndingWith(S3Fault.NO_CONNECTION.remedy());
    assertThat(client.puts).hasSize(1);
  }

  private static CompletableFuture<StorageDriverClaim> store(S3StorageDriver driver, String data) {
    return driver.store(StorageDriverStoreContext.empty(), Samples.payload(data));
  }

  private static S3StorageDriver driver(S3AsyncClient client) {
    return S3StorageDriver.newBuilder()
        .setClient(client)
        .setBucket(Samples.BUCKET)
        .setStallTimeout(TestClients.LONG_TIMEOUT)
        .build();
  }

  /** A client whose responses the test provides. */
  private static final class ScriptedClient implements S3AsyncClient {

    private final List<CompletableFuture<PutObjectResponse>> puts = new ArrayList<>();
    private final List<Get<?>> gets = new ArrayList<>();
    private final List<CompletableFuture<ListObjectsV2Response>> listings = new ArrayList<>();

    static SdkClientException noConnection() {
      return SdkClientException.create(
          "Unable to execute HTTP request: Acquire operation took longer than the configured"
              + " maximum time.");
    }

    @Override
    public CompletableFuture<PutObjectResponse> putObject(
        PutObjectRequest request, AsyncRequestBody body) {
      CompletableFuture<PutObjectResponse> response = new CompletableFuture<>();
      puts.add(response);
      return response;
    }

    @Override
    public <T> CompletableFuture<T> getObject(
        GetObjectRequest request, AsyncResponseTransformer<GetObjectResponse, T> transformer) {
      Get<T> get = new Get<>(transformer, transformer.prepare());
      gets.add(get);
      return get.result;
    }

    @Override
    public CompletableFuture<ListObjectsV2Response> listObjectsV2(ListObjectsV2Request request) {
      CompletableFuture<ListObjectsV2Response> response = new CompletableFuture<>();
      listings.add(response);
      return response;
    }

    @Override
    public String serviceName() {
      return "s3";
    }

    @Override
    public void close() {}
  }

  private record Get<T>(
      AsyncResponseTransformer<GetObjectResponse, T> transformer, CompletableFuture<T> result) {

    void fail(Throwable failure) {
      transformer.exceptionOccurred(failure);
    }

    void respond(Payload payload) {
      transformer.onResponse(
          GetObjectResponse.builder().contentLength((long) payload.getSerializedSize()).build());
      transformer.onStream(
          SdkPublisher.adapt(
              AsyncRequestBody.fromByteBuffer(ByteBuffer.wrap(payload.toByteArray()))));
    }
  }
}
