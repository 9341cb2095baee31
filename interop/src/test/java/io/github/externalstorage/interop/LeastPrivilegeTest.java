package io.github.externalstorage.interop;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.github.externalstorage.ExternalStorage;
import io.github.externalstorage.driver.ListObjectsRequest;
import io.github.externalstorage.driver.ListedObject;
import io.github.externalstorage.driver.ObjectStore;
import io.github.externalstorage.driver.StorageDriverRetrieveContext;
import io.github.externalstorage.driver.StorageDriverStoreContext;
import io.github.externalstorage.driver.StorageException;
import io.github.externalstorage.driver.StorageException.Reason;
import io.github.externalstorage.options.StorageRetryOptions;
import io.github.externalstorage.reference.StorageReference;
import io.github.externalstorage.s3.S3StorageClientBuilder;
import io.github.externalstorage.s3.S3StorageDriver;
import io.temporal.api.common.v1.Payload;
import java.net.URI;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.async.AsyncRequestBody;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** The policies of {@code SECURITY.md} suffice, and allow nothing else. */
@InteropTest
final class LeastPrivilegeTest {

  private static final String BUCKET = Servers.environment("S3_BUCKET");

  private final Payload payload =
      Payload.newBuilder().setData(ByteString.copyFromUtf8(Names.unique("rights"))).build();

  @AutoClose private final S3AsyncClient workerClient = client("worker", "worker-secret");
  @AutoClose private final S3AsyncClient readerClient = client("reader", "reader-secret");
  @AutoClose private final S3AsyncClient operatorClient = client("operator", "operator-secret");
  @AutoClose private final S3AsyncClient wrongClient = client("worker", "not-its-secret");

  private final ExternalStorage worker = storage(workerClient);
  private final ExternalStorage reader = storage(readerClient);

  @Test
  void aWorkerStoresAndReads() {
    assertThat(retrieve(worker, store(worker).join()).join()).containsExactly(payload);
  }

  @Test
  void aReaderReadsButDoesNotStore() {
    assertThat(retrieve(reader, store(worker).join()).join()).containsExactly(payload);

    assertThat(failure(store(reader)).getReason()).isEqualTo(Reason.ACCESS_DENIED);
  }

  @Test
  void noPolicyAllowsListingOrOtherKeys() {
    assertThat(status(workerClient.listObjectsV2(request -> request.bucket(BUCKET))))
        .isEqualTo(403);
    assertThat(
            status(
                workerClient.putObject(
                    request -> request.bucket(BUCKET).key("elsewhere"), AsyncRequestBody.empty())))
        .isEqualTo(403);
  }

  @Test
  void anOperatorListsAndDeletesButDoesNotStore() {
    StorageReference reference = StorageReference.parse(store(worker).join().get(0)).orElseThrow();
    String key = String.valueOf(reference.claim().getClaimData().get("key"));
    ObjectStore operator = objectStore(operatorClient);
    ListedObject object =
        operator.listObjects(ListObjectsRequest.of(BUCKET, key)).join().objects().get(0);

    assertThat(operator.deleteObject(BUCKET, object).join().deleted()).isTrue();
    assertThat(failure(retrieve(worker, List.of(reference.toPayload()))).getReason())
        .isEqualTo(Reason.NOT_FOUND);
    assertThat(failure(store(storage(operatorClient))).getReason()).isEqualTo(Reason.ACCESS_DENIED);
  }

  @Test
  void aWorkerNeitherListsNorDeletes() {
    StorageReference reference = StorageReference.parse(store(worker).join().get(0)).orElseThrow();
    String key = String.valueOf(reference.claim().getClaimData().get("key"));
    ListObjectsRequest list = ListObjectsRequest.of(BUCKET, key);
    ListedObject object = objectStore(operatorClient).listObjects(list).join().objects().get(0);

    StorageException notListed = failure(objectStore(workerClient).listObjects(list));
    assertThat(notListed.getReason()).isEqualTo(Reason.ACCESS_DENIED);
    assertThat(notListed).hasMessageContaining("s3:ListBucket");
    StorageException notDeleted = failure(objectStore(workerClient).deleteObject(BUCKET, object));
    assertThat(notDeleted.getReason()).isEqualTo(Reason.ACCESS_DENIED);
    assertThat(notDeleted).hasMessageContaining("s3:DeleteObject");
    assertThat(retrieve(worker, List.of(reference.toPayload())).join()).containsExactly(payload);
  }

  /** AWS returns 403 here, this server 404; the tests of the S3 module cover 403. */
  @Test
  void aMissingObjectIsReported() {
    StorageReference reference = StorageReference.parse(store(worker).join().get(0)).orElseThrow();
    String key = String.valueOf(reference.claim().getClaimData().get("key"));
    try (Servers servers = new Servers()) {
      servers.bucket().s3().deleteObject(request -> request.bucket(BUCKET).key(key)).join();
    }

    assertThat(failure(retrieve(reader, List.of(reference.toPayload()))).getReason())
        .isEqualTo(Reason.NOT_FOUND);
  }

  @Test
  void wrongCredentialsAreRejected() {
    assertThat(failure(store(storage(wrongClient))).getReason()).isEqualTo(Reason.ACCESS_DENIED);
  }

  private CompletableFuture<List<Payload>> store(ExternalStorage storage) {
    return storage.store(StorageDriverStoreContext.empty(), List.of(payload));
  }

  private static CompletableFuture<List<Payload>> retrieve(
      ExternalStorage storage, List<Payload> references) {
    return storage.retrieve(StorageDriverRetrieveContext.empty(), references);
  }

  private static StorageException failure(CompletableFuture<?> call) {
    return failure(call, StorageException.class);
  }

  private static int status(CompletableFuture<?> call) {
    return failure(call, S3Exception.class).statusCode();
  }

  private static <T extends Throwable> T failure(CompletableFuture<?> call, Class<T> type) {
    try {
      throw new AssertionError("A call succeeded that must fail: " + call.join());
    } catch (CompletionException e) {
      return type.cast(Objects.requireNonNull(e.getCause()));
    }
  }

  /** Caching is disabled, so that every request goes to the server. */
  private static ExternalStorage storage(S3AsyncClient client) {
    return ExternalStorage.newBuilder()
        .setDriver(driver(client))
        .setPayloadSizeThreshold(0)
        .setCacheMaxBytes(0)
        .setRetryOptions(StorageRetryOptions.none())
        .build();
  }

  private static ObjectStore objectStore(S3AsyncClient client) {
    return driver(client).getObjectStore().orElseThrow();
  }

  private static S3StorageDriver driver(S3AsyncClient client) {
    return S3StorageDriver.newBuilder().setClient(client).setBucket(BUCKET).build();
  }

  private static S3AsyncClient client(String accessKey, String secretKey) {
    return S3StorageClientBuilder.newBuilder()
        .setEndpoint(URI.create(Servers.environment("S3_ENDPOINT")))
        .setCredentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create(accessKey, secretKey)))
        .build();
  }
}
