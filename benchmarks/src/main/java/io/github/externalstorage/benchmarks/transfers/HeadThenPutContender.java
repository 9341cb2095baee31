package io.github.externalstorage.benchmarks.transfers;

import com.google.common.hash.HashCode;
import com.google.common.hash.Hashing;
import com.google.common.io.BaseEncoding;
import io.github.externalstorage.driver.StorageDriverClaim;
import io.temporal.api.common.v1.Payload;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import software.amazon.awssdk.core.async.AsyncRequestBody;
import software.amazon.awssdk.services.s3.S3AsyncClient;

/**
 * Stores as the official drivers do: checks with HEAD whether the object exists, and sends it only
 * if not.
 */
record HeadThenPutContender(S3AsyncClient client, String bucket) implements Contender {

  @Override
  public CompletableFuture<?> store(Payload payload) {
    byte[] bytes = payload.toByteArray();
    HashCode hash = Hashing.sha256().hashBytes(bytes);
    String key = "v0/d/sha256/" + hash;
    return client
        .headObject(request -> request.bucket(bucket).key(key))
        .<CompletableFuture<?>>handle(
            (response, failure) ->
                failure == null
                    ? CompletableFuture.completedFuture(response)
                    : client.putObject(
                        request ->
                            request
                                .bucket(bucket)
                                .key(key)
                                .checksumSHA256(BaseEncoding.base64().encode(hash.asBytes())),
                        AsyncRequestBody.fromBytesUnsafe(bytes)))
        .thenCompose(stored -> stored);
  }

  @Override
  public Supplier<CompletableFuture<?>> retrieval(StorageDriverClaim claim) {
    throw new UnsupportedOperationException("Retrieving is the same as with the client alone");
  }
}
