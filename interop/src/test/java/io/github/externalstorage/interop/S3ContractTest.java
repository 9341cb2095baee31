package io.github.externalstorage.interop;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import software.amazon.awssdk.services.s3.S3AsyncClient;

@InteropTest
final class S3ContractTest extends S3Contract {

  private static final String BUCKET = "contract";

  @AutoClose private static final S3AsyncClient CLIENT = newClient();

  S3ContractTest() {
    super(CLIENT, BUCKET);
  }

  @BeforeAll
  static void createBucket() {
    CLIENT.createBucket(it -> it.bucket(BUCKET)).join();
  }
}
