package io.github.externalstorage.s3;

import io.github.externalstorage.fixtures.SkippedTestsFail;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.services.s3.S3AsyncClient;

/** With a client of {@link S3StorageClientBuilder}. */
@ExtendWith(SkippedTestsFail.class)
final class S3ProxyContractTest extends S3DriverContract {

  @AutoClose private static final S3ProxyServer SERVER = new S3ProxyServer();

  @AutoClose
  private static final S3AsyncClient CLIENT = TestClients.tuned(SERVER.endpoint()).build();

  @AutoClose
  private static final S3AsyncClient OTHER_CLIENT = TestClients.tuned(SERVER.endpoint()).build();

  @BeforeAll
  static void createBucket() {
    createBucket(OTHER_CLIENT);
  }

  @Override
  S3AsyncClient client() {
    return CLIENT;
  }

  @Override
  S3AsyncClient otherClient() {
    return OTHER_CLIENT;
  }
}
