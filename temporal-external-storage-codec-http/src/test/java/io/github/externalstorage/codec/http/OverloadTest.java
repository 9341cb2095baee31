package io.github.externalstorage.codec.http;

import static io.github.externalstorage.fixtures.TestPayloads.json;
import static io.github.externalstorage.fixtures.TestPayloads.toJson;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.externalstorage.driver.InMemoryStorageDriver;
import io.github.externalstorage.fixtures.CodecClient;
import io.github.externalstorage.fixtures.TestPayloads;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** More requests than the server can process at once. */
final class OverloadTest {

  private static final String BODY = toJson(json("1"));

  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final GatedCodec gate = new GatedCodec();

  @AfterEach
  void end() {
    gate.open();
    threads.shutdown();
  }

  private CodecHandler.Builder handler() {
    InMemoryStorageDriver driver = InMemoryStorageDriver.newBuilder().build();
    return Wiring.handler(Wiring.codec(driver).setPreStorageCodec(gate));
  }

  private CompletableFuture<HttpResponse<String>> postLater(CodecClient client) {
    return CompletableFuture.supplyAsync(() -> client.post("/decode", BODY), threads);
  }

  @Test
  void requestsBeyondTheThreadsAndTheQueueGet503() throws Exception {
    try (CodecServer server =
        Wiring.start(handler().setMaxConcurrentRequests(2).setMaxQueuedRequests(1))) {
      CodecClient client = new CodecClient(server.getPort());
      List<CompletableFuture<HttpResponse<String>>> underWay = new ArrayList<>();
      underWay.add(postLater(client));
      underWay.add(postLater(client));
      gate.awaitArrivals(2);
      // One of these gets the place in the queue, the others get none.
      for (int i = 0; i < 3; i++) {
        underWay.add(postLater(client));
      }
      CompletableFuture<HttpResponse<String>> first = new CompletableFuture<>();
      underWay.forEach(future -> future.thenAccept(first::complete));
      HttpResponse<String> rejected = first.join();
      gate.open();

      assertThat(rejected.statusCode()).isEqualTo(503);
      assertThat(rejected.headers().firstValue("Retry-After")).contains("1");
      assertThat(underWay.stream().map(future -> future.join().statusCode()))
          .hasSize(5)
          .contains(200, 503)
          .containsOnly(200, 503);
    }
  }

  @Test
  void aRequestThatTakesTooLongIsInterrupted() throws Exception {
    try (CodecServer server =
        Wiring.start(
            handler().setRequestTimeout(Duration.ofMillis(50)).setMaxConcurrentRequests(1))) {
      CodecClient client = new CodecClient(server.getPort());

      // A busy machine may need more than the 50 ms even to reach the codec.
      do {
        assertThat(client.post("/decode", BODY).statusCode()).isEqualTo(504);
      } while (!gate.wasInterrupted());
      gate.open();
      assertThat(
              IntStream.range(0, 100)
                  .anyMatch(i -> client.post("/encode", BODY).statusCode() == 200))
          .as("its thread is free")
          .isTrue();
    }
  }

  @Test
  void memoryIsReleased() throws IOException {
    gate.open();
    try (CodecServer server = Wiring.start(handler().setMaxBytesInFlight(2000))) {
      CodecClient client = new CodecClient(server.getPort());
      for (int i = 0; i < 50; i++) {
        assertThat(client.post("/decode", BODY).statusCode()).isEqualTo(200);
      }
    }
  }

  @Test
  void requestsThatHoldTooMuchTogetherGet503() throws Exception {
    int enoughForOne = 1000;
    try (CodecServer server = Wiring.start(handler().setMaxBytesInFlight(enoughForOne))) {
      CodecClient client = new CodecClient(server.getPort());
      CompletableFuture<HttpResponse<String>> first = postLater(client);
      gate.awaitArrivals(1);

      HttpResponse<String> second = client.post("/decode", BODY);
      gate.open();

      assertThat(second.statusCode()).isEqualTo(503);
      assertThat(second.headers().firstValue("Retry-After")).isPresent();
      assertThat(first.join().statusCode()).isEqualTo(200);
    }
  }

  @Test
  void manyRequestsAtOnceGetTheirOwnResponses() throws Exception {
    gate.open();
    try (CodecServer server = Wiring.start(handler())) {
      CodecClient client = new CodecClient(server.getPort());
      List<CompletableFuture<Void>> requests = new ArrayList<>();
      for (int i = 0; i < 200; i++) {
        var payload = TestPayloads.ofLetters(50, i);
        requests.add(
            CompletableFuture.runAsync(
                () -> assertThat(client.post("/decode", payload)).containsExactly(payload),
                threads));
      }

      assertThat(CompletableFuture.allOf(requests.toArray(new CompletableFuture<?>[0])))
          .succeedsWithin(Duration.ofMinutes(1));
    }
  }
}
