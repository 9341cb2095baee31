package io.github.externalstorage.interop;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.model.BucketVersioningStatus;

/** Deleted objects can be restored. */
@InteropTest
final class VersionedS3ContractTest extends S3Contract {

  private static final String BUCKET = "versioned-contract";

  @AutoClose private static final S3AsyncClient CLIENT = newClient();

  VersionedS3ContractTest() {
    super(CLIENT, BUCKET);
  }

  @BeforeAll
  static void createBucket() {
    CLIENT.createBucket(it -> it.bucket(BUCKET)).join();
    CLIENT
        .putBucketVersioning(
            request ->
                request
                    .bucket(BUCKET)
                    .versioningConfiguration(it -> it.status(BucketVersioningStatus.ENABLED)))
        .join();
  }
}
