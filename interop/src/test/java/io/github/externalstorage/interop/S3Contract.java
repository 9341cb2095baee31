package io.github.externalstorage.interop;

import static java.util.Objects.requireNonNull;

import com.google.protobuf.ByteString;
import io.github.externalstorage.driver.StorageDriver;
import io.github.externalstorage.driver.StorageDriverClaim;
import io.github.externalstorage.s3.S3StorageClientBuilder;
import io.github.externalstorage.s3.S3StorageDriver;
import io.github.externalstorage.testkit.StorageDriverContract;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import software.amazon.awssdk.core.async.AsyncRequestBody;
import software.amazon.awssdk.core.async.AsyncResponseTransformer;
import software.amazon.awssdk.services.s3.S3AsyncClient;

/** Runs the driver contract on a bucket of the S3 server. */
abstract class S3Contract extends StorageDriverContract {

  /** SeaweedFS limits the length of what is between two slashes. */
  private static final int MAX_KEY_SEGMENT_LENGTH = 255;

  private final S3AsyncClient client;
  private final String bucket;

  S3Contract(S3AsyncClient client, String bucket) {
    this.client = client;
    this.bucket = bucket;
  }

  static S3AsyncClient newClient() {
    return S3StorageClientBuilder.newBuilder()
        .setEndpoint(URI.create(Servers.environment("S3_ENDPOINT")))
        .build();
  }

  @Override
  protected StorageDriver createDriver() {
    return newBuilder().build();
  }

  @Override
  protected Optional<StorageDriver> createDriver(long maxPayloadSize) {
    return Optional.of(newBuilder().setMaxPayloadSize((int) maxPayloadSize).build());
  }

  private S3StorageDriver.Builder newBuilder() {
    return S3StorageDriver.newBuilder()
        .setClient(client)
        .setBucket(bucket)
        .setStallTimeout(getCallTimeout())
        .setMaxKeySegmentLength(MAX_KEY_SEGMENT_LENGTH);
  }

  @Override
  protected boolean deleteObject(StorageDriverClaim claim) {
    client.deleteObject(it -> it.bucket(bucket).key(key(claim))).join();
    return true;
  }

  @Override
  protected boolean replaceObject(StorageDriverClaim claim, UnaryOperator<ByteString> change) {
    byte[] content =
        client
            .getObject(it -> it.bucket(bucket).key(key(claim)), AsyncResponseTransformer.toBytes())
            .join()
            .asByteArray();
    client
        .putObject(
            it -> it.bucket(bucket).key(key(claim)),
            AsyncRequestBody.fromBytes(change.apply(ByteString.copyFrom(content)).toByteArray()))
        .join();
    return true;
  }

  @Override
  protected List<StorageDriverClaim> createForeignClaims(StorageDriverClaim claim) {
    Map<String, String> data = new HashMap<>(claim.getClaimData());
    data.put("bucket", "another-bucket");
    return List.of(new StorageDriverClaim(data));
  }

  private static String key(StorageDriverClaim claim) {
    return requireNonNull(claim.getClaimData().get("key"));
  }
}
