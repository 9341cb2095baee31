package io.github.externalstorage.codec.http;

import static io.github.externalstorage.fixtures.TestPayloads.claimData;
import static io.github.externalstorage.fixtures.TestPayloads.fromJson;
import static io.github.externalstorage.fixtures.TestPayloads.ofLetters;
import static io.github.externalstorage.fixtures.TestPayloads.reference;
import static io.github.externalstorage.fixtures.TestPayloads.toJson;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.externalstorage.ExternalStorage;
import io.github.externalstorage.driver.InMemoryStorageDriver;
import io.github.externalstorage.fixtures.CodecClient;
import io.github.externalstorage.fixtures.CountingStorageDriver;
import io.temporal.api.common.v1.Payload;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * References come from the caller. Those that the caller may not read are rejected without calling
 * the driver.
 */
final class ForgedReferencesTest {

  private static final String DRIVER = InMemoryStorageDriver.TYPE;
  private static final Payload SECRET = ofLetters(3000, 7);

  private final CountingStorageDriver driver =
      new CountingStorageDriver(InMemoryStorageDriver.newBuilder().build());

  /** One storage, and so one cache, for all namespaces. */
  private final ExternalStorage storage = Wiring.storage(driver);

  private CodecServer server;
  private CodecClient client;
  private Payload foreign;
  private int retrievals;

  @BeforeEach
  void storeForAnotherTenant() throws IOException {
    NamespaceCodec strict = codec().build();
    server =
        Wiring.start(
            CodecHandler.newBuilder()
                .setNamespaces(
                    Map.of(
                        "tenant",
                        strict,
                        "default",
                        strict,
                        "friend",
                        codec().setReadableNamespaces(List.of("tenant")).build(),
                        "lax",
                        codec().setKeysWithoutNamespaceReadable(true).build())));
    client = new CodecClient(server.getPort());
    foreign = fromJson(post("/encode", "tenant", SECRET).body()).get(0);
    assertThat(downloaded("tenant", foreign)).containsExactly(SECRET);
    retrievals = driver.retrievals();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private NamespaceCodec.Builder codec() {
    return NamespaceCodec.newBuilder(storage).setPreStorageCodec(Wiring.GZIP);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/decode", "/download"})
  void aCachedReferenceOfAnotherTenantIsRejected(String path) {
    assertForbidden(path, foreign);
  }

  @ParameterizedTest
  @CsvSource({
    "key, ../tenant/x/y",
    "key, tenant/../default/x",
    "key, /etc/passwd",
    "key, ''",
    "hash_algorithm, md5",
    "hash_value, 00",
    "hash_value, ''",
  })
  void aClaimThatWasTamperedWithIsRejected(String entry, String value) {
    Map<String, String> claim = new HashMap<>(claimData(foreign));
    claim.put(entry, value);

    assertForbidden("/download", reference(DRIVER, claim));
  }

  @Test
  void anotherDriverIsRejected() {
    assertForbidden("/download", reference("aws.s3driver", claimData(foreign)));
  }

  @Test
  void anEmptyClaimIsRejected() {
    assertForbidden("/download", reference(DRIVER, Map.of()));
  }

  @Test
  void oneForgedReferenceStopsTheWholeRequest() {
    Payload own = fromJson(post("/encode", "default", ofLetters(3000, 8)).body()).get(0);

    HttpResponse<String> response = post("/decode", "default", own, foreign);

    assertThat(response.statusCode()).isEqualTo(403);
    assertThat(response.body()).contains("payloads[1]");
    assertThat(driver.retrievals()).isEqualTo(retrievals);
  }

  @Test
  void aNamespaceThatMayReadAnotherDoes() {
    assertThat(downloaded("friend", foreign)).containsExactly(SECRET);
  }

  @Test
  void keysWithoutANamespaceAreReadByExplicitChoiceOnly() {
    Map<String, String> claim = new HashMap<>(claimData(foreign));
    String hash = claim.getOrDefault("hash_value", "");
    claim.put("key", "//" + hash);
    Payload nobodys = reference(DRIVER, claim);

    assertForbidden("/download", nobodys);
    assertThat(post("/download", "lax", nobodys).statusCode())
        .as("allowed, though there is no such object")
        .isEqualTo(502);
  }

  @Test
  void preservedReferencesAreNotChecked() {
    HttpResponse<String> response = post("/decode?preserveStorageRefs=true", "default", foreign);

    assertThat(fromJson(response.body())).containsExactly(foreign);
    assertThat(driver.retrievals()).isEqualTo(retrievals);
  }

  @Test
  void aReferenceThatIsNoneIsMalformed() {
    Payload broken = foreign.toBuilder().setData(SECRET.getData()).build();

    assertThat(post("/download", "tenant", broken).statusCode()).isEqualTo(400);
  }

  private void assertForbidden(String path, Payload payload) {
    HttpResponse<String> response = post(path, "default", payload);

    assertThat(response.statusCode()).isEqualTo(403);
    assertThat(response.body()).startsWith("{\"error\":\"payloads[0]").doesNotContain("tenant");
    assertThat(driver.retrievals()).as("what the driver was asked for").isEqualTo(retrievals);
  }

  private List<Payload> downloaded(String namespace, Payload reference) {
    return fromJson(post("/download", namespace, reference).body());
  }

  private HttpResponse<String> post(String path, String namespace, Payload... payloads) {
    return client.post(path, toJson(payloads), "X-Namespace", namespace);
  }
}
