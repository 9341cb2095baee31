package io.github.externalstorage.s3;

import static java.time.format.DateTimeFormatter.RFC_1123_DATE_TIME;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.util.concurrent.Uninterruptibles;
import com.sun.net.httpserver.HttpExchange;
import io.github.externalstorage.ExternalStorage;
import io.github.externalstorage.driver.StorageDriverClaim;
import io.github.externalstorage.driver.StorageDriverRetrieveContext;
import io.github.externalstorage.driver.StorageDriverStoreContext;
import io.github.externalstorage.reference.StorageReference;
import io.temporal.api.common.v1.Payload;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import software.amazon.awssdk.services.s3.S3AsyncClient;

/** The interaction between the driver and the storage that uses it. */
@Timeout(120)
final class S3StorageTest {

  /** More than the buffers between server and client can hold. */
  private static final int LARGE = 16 << 20;

  @AutoClose private final ScriptedServer server = new ScriptedServer();
  @AutoClose private final S3AsyncClient client = TestClients.tuned(server.endpoint()).build();

  @Test
  void anObjectThatWasReadYoungIsNotWrittenAgain() {
    Payload payload = Samples.payload(1000);
    respondWith(payload, Instant.now());
    ExternalStorage storage = storage().build();

    retrieve(storage, payload).join();
    store(storage, payload).join();

    assertThat(methods()).containsExactly("GET");
  }

  @Test
  void anObjectThatWasReadOldIsWrittenAgain() {
    Payload payload = Samples.payload(1000);
    respondWith(payload, Instant.now().minus(Duration.ofDays(2)));
    ExternalStorage storage = storage().build();

    retrieve(storage, payload).join();
    store(storage, payload).join();

    assertThat(methods()).containsExactly("GET", "PUT");
  }

  @Test
  void anObjectThatExistedAlreadyIsOfUnknownAge() {
    server.respondWith(412, "PreconditionFailed");
    S3StorageDriver driver =
        S3StorageDriver.newBuilder()
            .setClient(client)
            .setBucket(Samples.BUCKET)
            .setPutObjectCustomizer((request, context, it) -> request.ifNoneMatch("*"))
            .build();
    ExternalStorage storage =
        ExternalStorage.newBuilder().setPayloadSizeThreshold(0).setDriver(driver).build();
    Payload payload = Samples.payload(1000);

    store(storage, payload).join();
    store(storage, payload).join();
    assertThat(retrieve(storage, payload).join()).containsExactly(payload);

    assertThat(methods()).containsExactly("PUT", "PUT");
  }

  @Test
  void aPayloadIsStoredUnderThePredictedClaim() {
    Payload payload = Samples.payload(1000);

    List<Payload> references = store(storage().build(), payload).join();

    assertThat(StorageReference.parse(references.get(0)).orElseThrow().claim())
        .isEqualTo(Samples.claim(payload));
    assertThat(methods()).containsExactly("PUT");
  }

  @Test
  void anObjectForWhichThereIsNoRoomIsRequestedAgainWhenThereIs() throws Exception {
    Payload first = Samples.payload(LARGE);
    Payload second = Samples.payload(LARGE + 1);
    CountDownLatch firstIsBeingRead = new CountDownLatch(1);
    CountDownLatch secondIsDropped = new CountDownLatch(1);
    server.respondWith(
        exchange -> {
          if (isFor(first, exchange)) {
            byte[] content = first.toByteArray();
            exchange.sendResponseHeaders(200, content.length);
            exchange.getResponseBody().write(content, 0, content.length - 1);
            firstIsBeingRead.countDown();
            Uninterruptibles.awaitUninterruptibly(secondIsDropped);
            exchange.getResponseBody().write(content, content.length - 1, 1);
          } else {
            try {
              ScriptedServer.send(exchange, second);
            } catch (IOException e) {
              secondIsDropped.countDown();
            }
          }
        });
    ExternalStorage storage = storage().setCacheMaxBytes(0).setMaxBytesInFlight(1).build();

    CompletableFuture<List<Payload>> firstRetrieved = retrieve(storage, first);
    firstIsBeingRead.await();
    CompletableFuture<List<Payload>> secondRetrieved = retrieve(storage, second);

    assertThat(firstRetrieved.join()).containsExactly(first);
    assertThat(secondRetrieved.join()).containsExactly(second);
    assertThat(server.requests())
        .extracting(it -> isFor(first, it))
        .containsExactly(true, false, false);
  }

  private ExternalStorage.Builder storage() {
    return ExternalStorage.newBuilder()
        .setPayloadSizeThreshold(0)
        .setDriver(
            S3StorageDriver.newBuilder()
                .setClient(client)
                .setBucket(Samples.BUCKET)
                .setStallTimeout(TestClients.LONG_TIMEOUT)
                .build());
  }

  private static CompletableFuture<List<Payload>> store(ExternalStorage storage, Payload payload) {
    return storage.store(StorageDriverStoreContext.empty(), List.of(payload));
  }

  private static CompletableFuture<List<Payload>> retrieve(
      ExternalStorage storage, Payload payload) {
    StorageDriverClaim claim = Samples.claim(payload);
    return storage.retrieve(
        StorageDriverRetrieveContext.empty(),
        List.of(
            new StorageReference(S3StorageDriver.TYPE, claim, payload.getSerializedSize())
                .toPayload()));
  }

  private void respondWith(Payload payload, Instant lastModified) {
    server.respondWith(
        exchange -> {
          exchange
              .getResponseHeaders()
              .set(
                  "Last-Modified",
                  RFC_1123_DATE_TIME.format(lastModified.atOffset(ZoneOffset.UTC)));
          if (exchange.getRequestMethod().equals("GET")) {
            ScriptedServer.send(exchange, payload);
          } else {
            exchange.sendResponseHeaders(200, -1);
          }
        });
  }

  private List<String> methods() {
    return server.requests().stream().map(HttpExchange::getRequestMethod).toList();
  }

  private static boolean isFor(Payload payload, HttpExchange exchange) {
    String key = Samples.claim(payload).getClaimData().get("key");
    return exchange.getRequestURI().getPath().equals("/" + Samples.BUCKET + "/" + key);
  }
}
