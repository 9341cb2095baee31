package io.github.externalstorage.codec.http;

import static io.github.externalstorage.fixtures.TestPayloads.json;
import static io.github.externalstorage.fixtures.TestPayloads.ofLetters;
import static io.github.externalstorage.fixtures.TestPayloads.toJson;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.externalstorage.driver.InMemoryStorageDriver;
import io.github.externalstorage.driver.StorageDriverClaim;
import io.github.externalstorage.driver.StorageDriverRetrieveContext;
import io.github.externalstorage.driver.StorageException;
import io.github.externalstorage.fixtures.CodecClient;
import io.github.externalstorage.fixtures.CountingStorageDriver;
import io.temporal.api.common.v1.Payload;
import io.temporal.payload.codec.PayloadCodec;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Exceptions of user code must neither stop the server nor be reported to the caller. */
final class DefectsTest {

  private static final String SECRET = "the payload's content";

  private final InMemoryStorageDriver memory = InMemoryStorageDriver.newBuilder().build();

  @ParameterizedTest
  @CsvSource({
    "UNAVAILABLE, 502",
    "NOT_FOUND, 502",
    "ACCESS_DENIED, 502",
    "MISCONFIGURED, 502",
    "CORRUPTED, 422",
    "INVALID_CLAIM, 403",
    "TOO_LARGE, 413",
  })
  void failuresOfTheStorageAreTold(StorageException.Reason reason, int status) throws IOException {
    HttpResponse<String> response =
        download(
            () -> CompletableFuture.failedFuture(new StorageException(reason, "Why \"so\"\n")));

    assertThat(response.statusCode()).isEqualTo(status);
    assertThat(response.body()).isEqualTo("{\"error\":\"Why \\\"so\\\"\\n\"}");
  }

  @Test
  void longMessagesAreCut() throws IOException {
    StorageException failure =
        new StorageException(StorageException.Reason.UNAVAILABLE, "x".repeat(10_000));

    assertThat(download(() -> CompletableFuture.failedFuture(failure)).body()).hasSizeLessThan(600);
  }

  @Test
  void defectsOfADriverAreNotQuoted() throws IOException {
    assertSilent(
        502, download(() -> CompletableFuture.failedFuture(new IllegalStateException(SECRET))));
    assertSilent(
        502,
        download(
            () -> {
              throw new IllegalStateException(SECRET);
            }));
  }

  @Test
  void failuresOfACodecAreNotQuoted() throws IOException {
    assertSilent(
        422,
        decode(
            payloads -> {
              throw new IllegalStateException(SECRET);
            }));
    assertSilent(422, decode(payloads -> List.of()));
  }

  @Test
  void errorsOfACodecAreNotQuoted() throws IOException {
    assertSilent(
        500,
        decode(
            payloads -> {
              throw new AssertionError(SECRET);
            }));
  }

  @Test
  void defectsOfTheNamespaceFunctionAreNotQuoted() throws IOException {
    CodecHandler.Builder handler =
        CodecHandler.newBuilder()
            .setNamespaces(
                name -> {
                  throw new IllegalStateException(SECRET);
                });
    try (CodecServer server = Wiring.start(handler)) {
      assertSilent(500, new CodecClient(server.getPort()).post("/decode", toJson(json("1"))));
    }
  }

  private static void assertSilent(int status, HttpResponse<String> response) {
    assertThat(response.statusCode()).isEqualTo(status);
    assertThat(response.body()).startsWith("{\"error\":\"").doesNotContain(SECRET, "\\tat ", "\n");
  }

  private HttpResponse<String> download(Supplier<CompletableFuture<Payload>> retrieved)
      throws IOException {
    CountingStorageDriver driver =
        new CountingStorageDriver(memory) {
          @Override
          public CompletableFuture<Payload> retrieve(
              StorageDriverRetrieveContext context, StorageDriverClaim claim) {
            return retrieved.get();
          }
        };
    try (CodecServer storing = Wiring.start(Wiring.handler(Wiring.codec(memory)));
        CodecServer failing = Wiring.start(Wiring.handler(Wiring.codec(driver)))) {
      Payload reference =
          new CodecClient(storing.getPort()).post("/encode", ofLetters(3000, 1)).get(0);
      return new CodecClient(failing.getPort()).post("/download", toJson(reference));
    }
  }

  private HttpResponse<String> decode(UnaryOperator<List<Payload>> decoder) throws IOException {
    PayloadCodec codec =
        new PayloadCodec() {
          @Override
          public List<Payload> encode(List<Payload> payloads) {
            return payloads;
          }

          @Override
          public List<Payload> decode(List<Payload> payloads) {
            return decoder.apply(payloads);
          }
        };
    NamespaceCodec namespace = Wiring.codec(memory).setPreStorageCodec(codec).build();
    CodecHandler.Builder handler =
        CodecHandler.newBuilder().setNamespaces(Map.of("default", namespace));
    try (CodecServer server = Wiring.start(handler)) {
      return new CodecClient(server.getPort()).post("/decode", toJson(json("\"" + SECRET + "\"")));
    }
  }
}
