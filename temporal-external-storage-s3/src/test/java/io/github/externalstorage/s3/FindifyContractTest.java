package io.github.externalstorage.s3;

import io.github.externalstorage.driver.StorageDriver;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import software.amazon.awssdk.services.s3.S3AsyncClient;

/**
 * With the AWS SDK's defaults, with which this server loses the content of other clients. The
 * server decodes the keys that it lists, so the tests of {@code ObjectStore} are skipped.
 */
final class FindifyContractTest extends S3DriverContract {

  @AutoClose private static final FindifyServer SERVER = new FindifyServer();

  @AutoClose
  private static final S3AsyncClient CLIENT = TestClients.plain(SERVER.endpoint()).build();

  @AutoClose
  private static final S3AsyncClient OTHER_CLIENT = TestClients.tuned(SERVER.endpoint()).build();

  @BeforeAll
  static void createBucket() {
    createBucket(OTHER_CLIENT);
  }

  @Override
  protected StorageDriver createDriver() {
    return new DriverForWorkers(newBuilder().build());
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
