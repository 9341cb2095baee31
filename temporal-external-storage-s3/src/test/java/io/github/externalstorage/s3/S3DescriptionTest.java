package io.github.externalstorage.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import com.sun.net.httpserver.HttpExchange;
import io.github.externalstorage.driver.StorageDriverClaim;
import io.github.externalstorage.driver.StorageDriverStoreContext;
import io.github.externalstorage.driver.StorageException;
import io.github.externalstorage.driver.StorageException.Reason;
import io.github.externalstorage.driver.StoredObject;
import io.github.externalstorage.driver.StoredObjects;
import io.temporal.api.common.v1.Payload;
import java.io.IOException;
import java.time.Instant;
import org.assertj.core.api.AbstractObjectAssert;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.s3.S3AsyncClient;

/** Describing an object needs one HEAD, and a GET if S3 responds with an error. */
final class S3DescriptionTest {

  private final Payload payload = Samples.payload("{\"order\":1}");

  @AutoClose private final ScriptedServer server = new ScriptedServer();

  @AutoClose private final S3AsyncClient client = TestClients.plain(server.endpoint()).build();

  private final S3StorageDriver driver =
      S3StorageDriver.newBuilder().setClient(client).setBucket(Samples.BUCKET).build();
  private final StoredObjects objects = driver.getStoredObjects().orElseThrow();
  private final StorageDriverClaim claim =
      driver.getClaim(StorageDriverStoreContext.empty(), payload).orElseThrow();

  @Test
  void isOneHead() {
    server.respondWith(
        exchange -> {
          exchange.getResponseHeaders().set("Content-Length", "1234");
          exchange.getResponseHeaders().set("Last-Modified", "Wed, 25 Nov 2026 10:00:00 GMT");
          exchange.sendResponseHeaders(200, -1);
        });

    assertThat(objects.describe(claim).join())
        .isEqualTo(new StoredObject(1234, Instant.parse("2026-11-25T10:00:00Z")));
    assertThat(server.requests()).map(HttpExchange::getRequestMethod).containsExactly("HEAD");
    assertThat(server.requests().get(0).getRequestURI().getPath())
        .isEqualTo("/" + Samples.BUCKET + "/" + claim.getClaimData().get("key"));
  }

  /** The response to a HEAD has no body, so a missing bucket looks like a missing object. */
  @ParameterizedTest
  @CsvSource({
    "404, NoSuchKey, NOT_FOUND",
    "404, NoSuchBucket, MISCONFIGURED",
    "403, AccessDenied, ACCESS_DENIED",
    "400, ExpiredToken, ACCESS_DENIED",
    "503, SlowDown, UNAVAILABLE"
  })
  void asksAgainWhatTheErrorIs(int status, String code, Reason reason) {
    server.respondWith(
        exchange -> {
          boolean isHead = exchange.getRequestMethod().equals("HEAD");
          ScriptedServer.send(
              exchange, status, isHead ? "" : "<Error><Code>" + code + "</Code></Error>");
        });

    assertRejected().returns(reason, StorageException::getReason);
    assertThat(server.requests())
        .map(HttpExchange::getRequestMethod)
        .containsExactly("HEAD", "GET");
  }

  /** Such as one that arrives between the two requests. */
  @Test
  void anObjectThatCanBeReadExists() {
    server.respondWith(
        exchange -> {
          if (exchange.getRequestMethod().equals("HEAD")) {
            exchange.sendResponseHeaders(404, -1);
          } else {
            ScriptedServer.send(exchange, payload);
          }
        });

    assertThat(objects.describe(claim).join().sizeBytes()).isEqualTo(payload.getSerializedSize());
  }

  @Test
  void anArchivedObjectCannotBeRead() {
    server.respondWith(exchange -> respondAs(exchange, "GLACIER", "ongoing-request=\"true\""));

    assertRejected()
        .returns(Reason.UNAVAILABLE, StorageException::getReason)
        .returns(false, StorageException::isRetryable);
  }

  @Test
  void aRestoredObjectCanBeRead() {
    server.respondWith(
        exchange -> respondAs(exchange, "DEEP_ARCHIVE", "ongoing-request=\"false\", expiry-date"));

    assertThat(objects.describe(claim).join().sizeBytes()).isEqualTo(10);
  }

  private static void respondAs(HttpExchange exchange, String storageClass, String restore)
      throws IOException {
    exchange.getResponseHeaders().set("Content-Length", "10");
    exchange.getResponseHeaders().set("x-amz-storage-class", storageClass);
    exchange.getResponseHeaders().set("x-amz-restore", restore);
    exchange.sendResponseHeaders(200, -1);
  }

  private AbstractObjectAssert<?, StorageException> assertRejected() {
    return assertThatThrownBy(() -> objects.describe(claim).join())
        .cause()
        .asInstanceOf(type(StorageException.class));
  }
}
