package io.github.externalstorage.benchmarks.transfers;

import com.google.common.hash.Hashing;
import com.google.common.io.BaseEncoding;
import io.github.externalstorage.driver.StorageDriverClaim;
import io.temporal.api.common.v1.Payload;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import software.amazon.awssdk.core.async.AsyncRequestBody;
import software.amazon.awssdk.core.async.AsyncResponseTransformer;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;

/**
 * The AWS client alone, which sends and receives bytes without payloads, claims or references.
 *
 * @param checksum whether the SHA-256 is sent with an object, and verified when it is read
 */
record RawContender(S3AsyncClient client, String bucket, boolean checksum) implements Contender {

  @Override
  public CompletableFuture<?> store(Payload payload) {
    byte[] bytes = payload.toByteArray();
    PutObjectRequest.Builder request =
        PutObjectRequest.builder().bucket(bucket).key("raw/" + System.nanoTime());
    if (checksum) {
      byte[] hash = Hashing.sha256().hashBytes(bytes).asBytes();
      request.checksumSHA256(BaseEncoding.base64().encode(hash));
    }
    return client.putObject(request.build(), AsyncRequestBody.fromBytesUnsafe(bytes));
  }

  @Override
  public Supplier<CompletableFuture<?>> retrieval(StorageDriverClaim claim) {
    return () ->
        client
            .getObject(
                request -> request.bucket(bucket).key(claim.getClaimData().get("key")),
                AsyncResponseTransformer.toBytes())
            .thenAccept(response -> check(claim, response.asByteArrayUnsafe()));
  }

  private void check(StorageDriverClaim claim, byte[] bytes) {
    if (checksum) {
      String hash = Hashing.sha256().hashBytes(bytes).toString();
      if (!hash.equals(claim.getClaimData().get("hash_value"))) {
        throw new IllegalStateException("Received other bytes than were stored");
      }
    }
  }
}
