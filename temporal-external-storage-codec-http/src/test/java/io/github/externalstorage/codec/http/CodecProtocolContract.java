package io.github.externalstorage.codec.http;

import static io.github.externalstorage.fixtures.TestPayloads.encode;
import static io.github.externalstorage.fixtures.TestPayloads.fromJson;
import static io.github.externalstorage.fixtures.TestPayloads.json;
import static io.github.externalstorage.fixtures.TestPayloads.ofLetters;
import static io.github.externalstorage.fixtures.TestPayloads.toJson;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.externalstorage.driver.InMemoryStorageDriver;
import io.github.externalstorage.fixtures.CodecClient;
import io.github.externalstorage.reference.StorageReference;
import io.temporal.api.common.v1.Payload;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the Web UI and the CLI rely on, whatever server the handler runs in. */
abstract class CodecProtocolContract {

  private static final String KEEP = "?preserveStorageRefs=true";
  private static final Payload SMALL = json("1");
  private static final Payload LARGE = ofLetters(5000, 1);

  private final InMemoryStorageDriver memory = InMemoryStorageDriver.newBuilder().build();
  private final CountingStorageDriver driver = new CountingStorageDriver(memory);
  private TestServer server;
  private CodecClient client;

  abstract TestServer start(CodecHandler handler) throws IOException;

  @BeforeEach
  void startServer() throws IOException {
    server = start(Wiring.handler(Wiring.codec(driver)).build());
    client = new CodecClient(server.port());
  }

  @AfterEach
  void stopServer() {
    server.close();
  }

  @Test
  void encodesAndStoresAsWorkersDo() {
    List<Payload> encoded = client.post("/encode", SMALL, LARGE);

    assertThat(encoded.get(0)).isEqualTo(encode(Wiring.GZIP, SMALL));
    assertThat(StorageReference.parse(encoded.get(1)).orElseThrow().sizeBytes())
        .isEqualTo(encode(Wiring.GZIP, LARGE).getSerializedSize());
    assertThat(memory.getObjects().keySet())
        .singleElement()
        .asString()
        .as("the key of the caller's namespace")
        .startsWith("default/");
  }

  @Test
  void decodesWhatItEncodedInItsOrder() {
    List<Payload> encoded = client.post("/encode", LARGE, SMALL, ofLetters(4000, 2));

    assertThat(client.post("/decode", encoded.toArray(Payload[]::new)))
        .containsExactly(LARGE, SMALL, ofLetters(4000, 2));
  }

  @Test
  void letsPayloadsThatAreNotEncodedPass() {
    assertThat(client.post("/decode", SMALL)).containsExactly(SMALL);
  }

  @Test
  void keepsReferencesOnTheQueryOfTheWebUi() {
    List<Payload> encoded = client.post("/encode", SMALL, LARGE);

    List<Payload> decoded = client.post("/decode" + KEEP, encoded.toArray(Payload[]::new));

    assertThat(decoded).containsExactly(SMALL, encoded.get(1));
    assertThat(decoded.get(1).getExternalPayloads(0).getSizeBytes()).isPositive();
    assertThat(driver.retrievals()).isZero();
  }

  @Test
  void keepsReferencesOnTheHeaderOfTheCli() {
    Payload reference = client.post("/encode", LARGE).get(0);

    HttpResponse<String> response =
        client.post("/decode", toJson(reference), "X-Preserve-Storage-Refs", "true");

    assertThat(fromJson(response.body())).containsExactly(reference);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "?preserveStorageRefs=false", "?preserveStorageRefs", "?other=true"})
  void resolvesReferencesUnlessToldToKeepThem(String query) {
    Payload reference = client.post("/encode", LARGE).get(0);

    assertThat(client.post("/decode" + query, reference)).containsExactly(LARGE);
  }

  @Test
  void downloadsReferencesDecodedWhateverTheQuery() {
    Payload reference = client.post("/encode", LARGE).get(0);

    assertThat(client.post("/download" + KEEP, reference)).containsExactly(LARGE);
  }

  @Test
  void downloadsNothingButReferences() {
    Payload reference = client.post("/encode", LARGE).get(0);

    HttpResponse<String> response = client.post("/download", toJson(reference, SMALL));

    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(response.body()).contains("payloads[1] is not a reference");
    assertThat(driver.retrievals()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/decode", "/x/default/decode", "/x//decode", "//x/decode", "///decode"})
  void servesWhateverComesBeforeTheLastSegment(String path) {
    assertThat(client.post(path, encode(Wiring.GZIP, SMALL))).containsExactly(SMALL);
  }

  @Test
  void returnsNoPayloadsForNone() {
    assertThat(client.post("/decode", "{}").body()).isEqualTo("{\"payloads\":[]}");
  }

  @Test
  void writesJsonThatTheWebUiCanRead() {
    Payload reference = client.post("/encode", LARGE).get(0);

    HttpResponse<String> kept = client.post("/decode" + KEEP, toJson(reference, SMALL));

    assertThat(kept.headers().firstValue("Content-Type")).contains("application/json");
    assertThat(kept.body())
        .contains("\"externalPayloads\":[{\"sizeBytes\":\"")
        .containsOnlyOnce("externalPayloads");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/", "/decode/", "/decoded", "/xdecode", "/DECODE", "/encode/x", "/decode%2f"})
  void doesNotKnowOtherPaths(String path) {
    HttpResponse<String> response = client.post(path, toJson(SMALL));

    assertThat(response.statusCode()).isEqualTo(404);
    assertThat(response.body()).startsWith("{\"error\":\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "PUT", "DELETE", "PATCH"})
  void servesPostOnly(String method) {
    HttpResponse<String> response =
        client.send(client.request("/decode").method(method, BodyPublishers.noBody()).build());

    assertThat(response.statusCode()).isEqualTo(405);
    assertThat(response.headers().firstValue("Allow")).contains("POST, OPTIONS");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "text/plain",
        "application/x-www-form-urlencoded",
        "application/json; charset=latin1",
        ""
      })
  void readsJsonOnly(String contentType) {
    assertThat(client.post("/decode", toJson(SMALL), "Content-Type", contentType).statusCode())
        .isEqualTo(415);
  }

  @ParameterizedTest
  @ValueSource(strings = {"application/json;charset=utf-8", "Application/JSON; charset=\"UTF-8\""})
  void readsJsonHoweverItIsSpelled(String contentType) {
    assertThat(client.post("/decode", toJson(SMALL), "Content-Type", contentType).statusCode())
        .isEqualTo(200);
  }

  @Test
  void reportsWhatCannotBeDecoded() {
    Payload damaged = encode(Wiring.GZIP, SMALL).toBuilder().setData(SMALL.getData()).build();

    HttpResponse<String> response = client.post("/decode", toJson(SMALL, damaged));

    assertThat(response.statusCode()).isEqualTo(422);
    assertThat(response.body()).contains("payloads[1]");
  }

  @Test
  void reportsAMissingObjectAsAFailedStorage() throws IOException {
    Payload reference = client.post("/encode", LARGE).get(0);
    memory.getObjects().clear();
    // Another storage does not have it in its cache.
    server.close();
    startServer();

    HttpResponse<String> response = client.post("/download", toJson(reference));

    assertThat(response.statusCode()).isEqualTo(502);
    assertThat(response.body()).contains("there is no object");
  }
}
