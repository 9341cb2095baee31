package io.github.externalstorage.s3;

import com.google.common.hash.Hashing;
import com.google.protobuf.ByteString;
import io.github.externalstorage.driver.StorageDriverClaim;
import io.github.externalstorage.driver.StorageException;
import io.github.externalstorage.fixtures.StorageFailures;
import io.github.externalstorage.reference.StorageReference;
import io.temporal.api.common.v1.Payload;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** Sample payloads and claims. */
public final class Samples {

  public static final String BUCKET = "temporal-payloads";

  /** Content that no message may contain. */
  static final String SECRET = "confidential";

  private Samples() {}

  public static Payload payload(String data) {
    return Payload.newBuilder()
        .putMetadata("encoding", ByteString.copyFromUtf8("json/plain"))
        .setData(ByteString.copyFromUtf8(data))
        .build();
  }

  public static Payload payload(int size) {
    return payload("x".repeat(size));
  }

  /** The claim of a payload without a target. */
  public static StorageDriverClaim claim(Payload payload) {
    return claim(payload.toByteString());
  }

  /** The claim of an object with this content. */
  public static StorageDriverClaim claim(ByteString content) {
    String hash = Hashing.sha256().hashBytes(content.toByteArray()).toString();
    return new StorageDriverClaim(
        Map.of(
            "bucket",
            BUCKET,
            "key",
            "v0/d/sha256/" + hash,
            "hash_algorithm",
            "sha256",
            "hash_value",
            hash,
            "hashAlgorithm",
            "sha256",
            "hashValue",
            hash));
  }

  /** A reference as a history may hold it. */
  static Payload reference(String driverName, Map<String, String> claimData) {
    return new StorageReference(driverName, new StorageDriverClaim(claimData), 1).toPayload();
  }

  /** Waits for a call to fail and returns the failure. */
  static StorageException failure(CompletableFuture<?> call) {
    return StorageFailures.of(call);
  }
}
