package io.github.externalstorage.codec.http;

import static io.github.externalstorage.fixtures.TestPayloads.encode;
import static io.github.externalstorage.fixtures.TestPayloads.json;
import static io.github.externalstorage.fixtures.TestPayloads.ofLetters;
import static io.github.externalstorage.fixtures.TestPayloads.toJson;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.externalstorage.driver.InMemoryStorageDriver;
import io.github.externalstorage.fixtures.CodecClient;
import io.github.externalstorage.fixtures.RawClient;
import io.github.externalstorage.reference.StorageReference;
import io.temporal.api.common.v1.Payload;
import io.temporal.payload.codec.PayloadCodec;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class NamespacesTest {

  private static final String BODY = toJson(encode(Wiring.GZIP, json("1")));

  private final InMemoryStorageDriver driver = InMemoryStorageDriver.newBuilder().build();

  private static HttpResponse<String> postWithoutNamespace(CodecServer server) {
    CodecClient client = new CodecClient(server.getPort());
    return client.send(
        client
            .request("/decode")
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(BODY))
            .build());
  }

  @Test
  void anUnknownNamespaceIsNotFound() throws IOException {
    try (CodecServer server = Wiring.start(Wiring.handler(Wiring.codec(driver)))) {
      CodecClient client = new CodecClient(server.getPort());

      assertThat(client.post("/decode", BODY, "X-Namespace", "other").statusCode()).isEqualTo(404);
    }
  }

  @Test
  void aMissingNamespaceIsNotFoundWithoutADefault() throws IOException {
    try (CodecServer server = Wiring.start(Wiring.handler(Wiring.codec(driver)))) {
      assertThat(postWithoutNamespace(server).statusCode()).isEqualTo(404);
    }
  }

  @Test
  void aMissingNamespaceIsTheDefault() throws IOException {
    try (CodecServer server =
        Wiring.start(Wiring.handler(Wiring.codec(driver)).setDefaultNamespace("default"))) {
      assertThat(postWithoutNamespace(server).statusCode()).isEqualTo(200);
    }
  }

  @Test
  void aFunctionServesManyNamespacesEachWithItsOwnKeys() throws IOException {
    NamespaceCodec codec = Wiring.codec(driver).build();
    Set<String> served = Set.of("a", "b");
    CodecHandler.Builder handler =
        CodecHandler.newBuilder()
            .setNamespaces(name -> Optional.of(codec).filter(any -> served.contains(name)));
    try (CodecServer server = Wiring.start(handler)) {
      CodecClient client = new CodecClient(server.getPort());
      String large = toJson(ofLetters(3000, 1));

      assertThat(client.post("/encode", large, "X-Namespace", "a").statusCode()).isEqualTo(200);
      assertThat(client.post("/encode", large, "X-Namespace", "b").statusCode()).isEqualTo(200);
      assertThat(client.post("/encode", large, "X-Namespace", "c").statusCode()).isEqualTo(404);
      assertThat(driver.getObjects().keySet().stream().map(key -> key.substring(0, 2)))
          .containsExactlyInAnyOrder("a/", "b/");
    }
  }

  /** Its payloads could not be distinguished from those of an unknown namespace. */
  @ParameterizedTest
  @ValueSource(strings = {"null", "", " "})
  void aNamespaceThatKeysCanNotExpressIsRejected(String name) throws IOException {
    NamespaceCodec.Builder codec = Wiring.codec(driver);
    CodecHandler.Builder handler = CodecHandler.newBuilder();

    assertRejected(() -> codec.setReadableNamespaces(List.of(name)));
    assertRejected(() -> handler.setNamespaces(Map.of(name, codec.build())));
    assertRejected(() -> handler.setDefaultNamespace(name));
  }

  @Test
  void theNamespaceNullIsNotFoundEvenIfAFunctionServesAll() throws IOException {
    NamespaceCodec codec = Wiring.codec(driver).build();
    try (CodecServer server =
        Wiring.start(CodecHandler.newBuilder().setNamespaces(name -> Optional.of(codec)))) {
      HttpResponse<String> response =
          new CodecClient(server.getPort()).post("/decode", BODY, "X-Namespace", "null");

      assertThat(response.statusCode()).isEqualTo(404);
      assertThat(response.body()).contains("'null'");
    }
  }

  private static void assertRejected(ThrowingCallable setting) {
    assertThatThrownBy(setting)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("namespace");
  }

  @Test
  void twoNamespacesInOneRequestAreMalformed() throws IOException {
    try (CodecServer server = Wiring.start(Wiring.handler(Wiring.codec(driver)));
        RawClient raw = new RawClient(server.getPort())) {
      raw.send(
          "POST /decode HTTP/1.1", "Host: localhost", "X-Namespace: default", "X-Namespace: b", "");

      assertThat(raw.readResponse()).startsWith("HTTP/1.1 400 ");
    }
  }

  @Test
  void aCodecAfterStorageEncodesAndDecodes() throws IOException {
    Payload small = json("1");
    Payload large = ofLetters(3000, 1);
    NamespaceCodec.Builder codec =
        NamespaceCodec.newBuilder(Wiring.storage(driver)).setPostStorageCodec(Wiring.GZIP);
    try (CodecServer server = Wiring.start(Wiring.handler(codec))) {
      CodecClient client = new CodecClient(server.getPort());

      List<Payload> encoded = client.post("/encode", small, large);
      assertThat(encoded.get(0)).isEqualTo(encode(Wiring.GZIP, small));
      assertThat(encoded).noneMatch(StorageReference::isReference);
      Payload[] all = encoded.toArray(Payload[]::new);
      assertThat(client.post("/decode", all)).containsExactly(small, large);
      assertThat(client.post("/download", encoded.get(1))).containsExactly(large);
      assertThat(client.post("/decode?preserveStorageRefs=true", all))
          .element(1)
          .satisfies(kept -> assertThat(StorageReference.isReference(kept)).isTrue());
      assertThat(client.post("/download", toJson(encoded.get(0))).statusCode()).isEqualTo(400);
    }
  }

  @Test
  void theCodecBeforeStorageNeverSeesAReference() throws IOException {
    Payload large = ofLetters(3000, 1);
    NamespaceCodec.Builder codec = Wiring.codec(driver).setPreStorageCodec(new NoReferences());
    try (CodecServer server = Wiring.start(Wiring.handler(codec))) {
      CodecClient client = new CodecClient(server.getPort());

      Payload reference = client.post("/encode", large).get(0);
      assertThat(client.post("/encode", reference)).containsExactly(reference);
      assertThat(client.post("/decode?preserveStorageRefs=true", reference))
          .containsExactly(reference);
      assertThat(client.post("/decode", reference)).containsExactly(large);
    }
  }

  private static final class NoReferences implements PayloadCodec {
    @Override
    public List<Payload> encode(List<Payload> payloads) {
      assertThat(payloads).noneMatch(StorageReference::isReference);
      return payloads;
    }

    @Override
    public List<Payload> decode(List<Payload> payloads) {
      return encode(payloads);
    }
  }
}
