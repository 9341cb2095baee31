package io.github.externalstorage.s3;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import software.amazon.awssdk.services.s3.S3AsyncClient;

final class FindifyContractTest extends S3DriverContract {

  @AutoClose private static FindifyServer server;
  @AutoClose private static S3AsyncClient client;

  @BeforeAll
  static void startServer() {
    server = new FindifyServer();
    client = TestClients.tuned(server.endpoint()).build();
    createBucket(client);
  }

  @Override
  S3AsyncClient client() {
    return client;
  }
}
