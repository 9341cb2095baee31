package io.github.externalstorage.s3;

import com.google.protobuf.ByteString;
import io.github.externalstorage.driver.StorageDriver;
import io.github.externalstorage.driver.StorageDriverClaim;
import io.github.externalstorage.testkit.StorageDriverContract;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;
import software.amazon.awssdk.core.async.AsyncRequestBody;
import software.amazon.awssdk.core.async.AsyncResponseTransformer;
import software.amazon.awssdk.services.s3.S3AsyncClient;

/** Runs the driver contract on a bucket of an S3 server. */
abstract class S3DriverContract extends StorageDriverContract {

  private static final String BUCKET = "contract";

  /** The driver's client. */
  abstract S3AsyncClient client();

  /** The client that the test uses to change objects. */
  abstract S3AsyncClient otherClient();

  static void createBucket(S3AsyncClient client) {
    client.createBucket(it -> it.bucket(BUCKET)).join();
  }

  @Override
  protected StorageDriver createDriver() {
    return newBuilder().build();
  }

  @Override
  protected Optional<StorageDriver> createDriver(long maxPayloadSize) {
    return Optional.of(newBuilder().setMaxPayloadSize((int) maxPayloadSize).build());
  }

  S3StorageDriver.Builder newBuilder() {
    return S3StorageDriver.newBuilder()
        .setClient(client())
        .setBucket(BUCKET)
        .setStallTimeout(TestClients.LONG_TIMEOUT);
  }

  @Override
  protected boolean deleteObject(StorageDriverClaim claim) {
    otherClient().deleteObject(it -> it.bucket(BUCKET).key(key(claim))).join();
    return true;
  }

  @Override
  protected boolean replaceObject(StorageDriverClaim claim, UnaryOperator<ByteString> change) {
    byte[] content =
        otherClient()
            .getObject(it -> it.bucket(BUCKET).key(key(claim)), AsyncResponseTransformer.toBytes())
            .join()
            .asByteArray();
    otherClient()
        .putObject(
            it -> it.bucket(BUCKET).key(key(claim)),
            AsyncRequestBody.fromBytes(change.apply(ByteString.copyFrom(content)).toByteArray()))
        .join();
    return true;
  }

  @Override
  protected List<StorageDriverClaim> createForeignClaims(StorageDriverClaim claim) {
    return List.of(
        with(claim, "bucket", "another-bucket"),
        with(claim, "bucket", BUCKET + "/v0"),
        with(claim, "key", "secrets/" + key(claim)),
        with(claim, "key", "/" + key(claim)),
        with(claim, "key", "v0/../secrets"),
        with(claim, "key", "v0/d/../../secrets"),
        with(claim, "key", "v0/ns/a/wi/../../b/x"),
        with(claim, "key", "v0//secrets"));
  }

  private static String key(StorageDriverClaim claim) {
    return Objects.requireNonNull(claim.getClaimData().get("key"));
  }

  private static StorageDriverClaim with(StorageDriverClaim claim, String key, String value) {
    Map<String, String> data = new HashMap<>(claim.getClaimData());
    data.put(key, value);
    return new StorageDriverClaim(data);
  }
}
