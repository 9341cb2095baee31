package io.github.externalstorage.examples;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PayloadStorageTest {

  @Test
  void connectsToABucket() {
    try (LocalS3 s3 = LocalS3.start(0, "temporal-payloads")) {
      assertThatCode(() -> connect(s3.endpoint().toString()).close()).doesNotThrowAnyException();
    }
  }

  @Test
  void saysThatThereIsNoS3() throws IOException {
    String endpoint = "http://127.0.0.1:" + closedPort();
    assertThatThrownBy(() -> connect(endpoint))
        .isInstanceOf(ExampleException.class)
        .hasMessage(
            "Could not reach S3 at %s: start one with -Dexec.args=s3, or set S3_ENDPOINT",
            endpoint);
  }

  @Test
  void saysThatThereIsNoBucket() {
    try (LocalS3 s3 = LocalS3.start(0, "another")) {
      String endpoint = s3.endpoint().toString();
      assertThatThrownBy(() -> connect(endpoint))
          .isInstanceOf(ExampleException.class)
          .hasMessage(
              "S3 at %s has no bucket 'temporal-payloads': create it, or set S3_BUCKET", endpoint);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {301, 400, 401, 403})
  void saysThatAccessIsDenied(int status) throws IOException {
    HttpServer server = HttpServer.create(new InetSocketAddress(loopback(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          exchange.sendResponseHeaders(status, -1);
          exchange.close();
        });
    server.start();
    try {
      String endpoint = "http://127.0.0.1:" + server.getAddress().getPort();
      assertThatThrownBy(() -> connect(endpoint))
          .isInstanceOf(ExampleException.class)
          .hasMessage(
              "S3 at %s denied access to bucket 'temporal-payloads' (HTTP %s): check"
                  + " AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_REGION and the permission s3:ListBucket",
              endpoint, status);
    } finally {
      server.stop(0);
    }
  }

  private static PayloadStorage connect(String endpoint) {
    return PayloadStorage.connect(S3Settings.fromEnvironment(Map.of("S3_ENDPOINT", endpoint)));
  }

  private static int closedPort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, loopback())) {
      return socket.getLocalPort();
    }
  }

  private static InetAddress loopback() {
    return InetAddress.getLoopbackAddress();
  }
}
