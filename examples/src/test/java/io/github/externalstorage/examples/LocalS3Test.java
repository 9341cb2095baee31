package io.github.externalstorage.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.async.AsyncRequestBody;
import software.amazon.awssdk.core.async.AsyncResponseTransformer;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Object;

@TestInstance(Lifecycle.PER_CLASS)
final class LocalS3Test {

  private final LocalS3 s3 = LocalS3.start(0, "bucket");
  private final S3AsyncClient client =
      S3Settings.fromEnvironment(Map.of()).withEndpoint(s3.endpoint()).newClient();

  @AfterAll
  void close() {
    client.close();
    s3.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"key", "v0/ns/default/wi/a%20b/d/sha256/00", "a b/c+d=e~f", "ü/%C3%BC"})
  void keepsAnObject(String key) {
    byte[] body = {0, 1, 2, (byte) 0xFF};
    client.putObject(put -> put.bucket("bucket").key(key), AsyncRequestBody.fromBytes(body)).join();
    assertThat(get(key)).isEqualTo(body);
    assertThat(client.listObjectsV2(list -> list.bucket("bucket")).join().contents())
        .extracting(S3Object::size)
        .containsExactly(4L);
    client.deleteObject(delete -> delete.bucket("bucket").key(key)).join();
    assertThatThrownBy(() -> get(key))
        .isInstanceOf(CompletionException.class)
        .hasCauseInstanceOf(NoSuchKeyException.class);
  }

  @Test
  void listensOnThisMachineOnly() {
    assertThat(s3.endpoint().getHost()).isEqualTo("127.0.0.1");
    assertThat(s3.endpoint().getPort()).isPositive();
  }

  @Test
  void saysThatThePortIsInUse() {
    int port = s3.endpoint().getPort();
    assertThatThrownBy(() -> LocalS3.start(port, "bucket"))
        .isInstanceOf(ExampleException.class)
        .hasMessage("Port %s is in use: choose another one with --port", port);
  }

  private byte[] get(String key) {
    return client
        .getObject(get -> get.bucket("bucket").key(key), AsyncResponseTransformer.toBytes())
        .join()
        .asByteArray();
  }
}
