package io.github.externalstorage.codec.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.github.externalstorage.driver.StorageDriver;
import io.github.externalstorage.driver.StorageDriverClaim;
import io.github.externalstorage.driver.StorageDriverRetrieveContext;
import io.github.externalstorage.driver.StorageDriverStoreContext;
import io.github.externalstorage.fixtures.CodecClient;
import io.github.externalstorage.fixtures.TestPayloads;
import io.temporal.api.common.v1.Payload;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The spellings of references that the Python SDK wrote and resolved. */
final class GoldenReferencesTest {

  private JsonObject golden;
  private Payload decoded;
  private CodecServer server;
  private CodecClient client;

  @BeforeEach
  void start() throws IOException {
    try (Reader in =
        new InputStreamReader(
            Objects.requireNonNull(
                getClass().getResourceAsStream("/wire/reference-spellings.json")),
            StandardCharsets.UTF_8)) {
      golden = JsonParser.parseReader(in).getAsJsonObject();
    }
    decoded = payload(golden.get("decoded"));
    server =
        Wiring.start(
            Wiring.handler(
                Wiring.codec(new OneObject(golden.getAsJsonObject("object")))
                    .setKeysWithoutNamespaceReadable(true)));
    client = new CodecClient(server.getPort());
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private static Payload payload(JsonElement json) {
    return TestPayloads.fromJson("{\"payloads\":[" + json + "]}").get(0);
  }

  private Payload reference(String spelling) {
    return payload(golden.getAsJsonObject("references").get(spelling));
  }

  @ParameterizedTest
  @ValueSource(strings = {"standard", "legacy", "marked", "camelCase"})
  void everySpellingIsResolved(String spelling) {
    assertThat(client.post("/decode", reference(spelling), decoded))
        .containsExactly(decoded, decoded);
    assertThat(client.post("/download", reference(spelling))).containsExactly(decoded);
  }

  @ParameterizedTest
  @ValueSource(strings = {"standard", "legacy", "camelCase"})
  void referencesThatAreKeptStayAsTheyAre(String spelling) {
    assertThat(client.post("/decode?preserveStorageRefs=true", reference(spelling)))
        .containsExactly(reference(spelling));
  }

  @ParameterizedTest
  @ValueSource(strings = "marked")
  void aReferenceThatWasEncodedIsDecodedAndKeepsItsSize(String spelling) {
    Payload kept = client.post("/decode?preserveStorageRefs=true", reference(spelling)).get(0);

    assertThat(kept.getMetadataOrThrow("messageType").toStringUtf8())
        .as("what the Web UI looks for")
        .isEqualTo("temporal.api.sdk.v1.ExternalStorageReference");
    assertThat(kept.getExternalPayloads(0).getSizeBytes()).isEqualTo(109);
  }

  /** An S3 with the one object of the golden data. */
  private record OneObject(JsonObject object) implements StorageDriver {
    @Override
    public String getName() {
      return "aws.s3driver";
    }

    @Override
    public String getType() {
      return "aws.s3driver";
    }

    @Override
    public CompletableFuture<StorageDriverClaim> store(
        StorageDriverStoreContext context, Payload payload) {
      throw new AssertionError("Nothing is to be stored");
    }

    @Override
    public CompletableFuture<Payload> retrieve(
        StorageDriverRetrieveContext context, StorageDriverClaim claim) {
      assertThat(claim.getClaimData())
          .containsEntry("bucket", object.get("bucket").getAsString())
          .containsEntry("key", object.get("key").getAsString());
      byte[] body = Base64.getDecoder().decode(object.get("body_base64").getAsString());
      try {
        return CompletableFuture.completedFuture(Payload.parseFrom(ByteString.copyFrom(body)));
      } catch (InvalidProtocolBufferException e) {
        return CompletableFuture.failedFuture(e);
      }
    }
  }
}
