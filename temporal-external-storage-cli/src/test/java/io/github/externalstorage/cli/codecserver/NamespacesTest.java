package io.github.externalstorage.cli.codecserver;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.externalstorage.fixtures.TestPayloads;
import io.temporal.api.common.v1.Payload;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where the payloads of a namespace are, on a real S3 protocol. */
final class NamespacesTest {

  private static final Payload LARGE = TestPayloads.ofLetters(600_000, 1);

  private static TestS3 s3;
  private static TestProgram program;

  @BeforeAll
  static void start(@TempDir Path folder) throws Exception {
    s3 =
        new TestS3("payloads-orders", "payloads-of-billing", "of-variable", "of-section", "former");
    program =
        TestProgram.start(
            folder,
            """
            storage:
              endpoint: %s
              codecs: [gzip]
            namespaces:
              Billing:
                bucket: payloads-of-billing
                readOnlyBuckets: former
                formerDriverNames: [old.driver]
                mayRead: [orders]
                keysWithoutNamespace: true
              "variable":
                bucket: ${BUCKET}
                payloadSizeThreshold: 1KiB
                codecs: []
                driverName: other.driver
              section:
                s3: {bucket: of-section, readOnlyBuckets: [former]}
              "*":
                bucket: payloads-{namespace}
            """
                .formatted(s3.endpoint()));
  }

  @AfterAll
  static void stop() {
    program.close();
    s3.close();
  }

  @Test
  void storesAndResolves() {
    Payload reference = program.client().post("/encode", "orders", LARGE);

    assertThat(TestPayloads.claimData(reference)).containsEntry("bucket", "payloads-orders");
    assertThat(program.client().post("/decode", "orders", reference)).isEqualTo(LARGE);
    assertThat(program.client().post("/download", "orders", reference)).isEqualTo(LARGE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "hash_algorithm hash_value",
        "hashAlgorithm hashValue",
        "hash_algorithm hashValue",
        "hash_algorithm hash_value hashAlgorithm hashValue"
      })
  void readsClaimsInEverySpellingButKeepsNamespacesApart(String spelling) {
    Payload stored = program.client().post("/encode", "orders", LARGE);
    Map<String, String> claim = new HashMap<>(TestPayloads.claimData(stored));
    claim
        .keySet()
        .removeIf(
            entry -> entry.startsWith("hash") && !Set.of(spelling.split(" ")).contains(entry));

    assertThat(
            program.client().post("/download", "orders", reference("aws.s3driver", claim, stored)))
        .isEqualTo(LARGE);
    claim.computeIfPresent("key", (name, key) -> key.replace("/ns/orders/", "/ns/others/"));
    assertThat(download("orders", TestPayloads.reference("aws.s3driver", claim))).isEqualTo(403);
  }

  @Test
  void rejectsAClaimWhoseSpellingsContradictEachOther() {
    Map<String, String> claim =
        new HashMap<>(TestPayloads.claimData(program.client().post("/encode", "orders", LARGE)));
    claim.put("hashValue", "0".repeat(64));

    assertThat(download("orders", TestPayloads.reference("aws.s3driver", claim))).isEqualTo(403);
  }

  @Test
  void aNamespaceHasSettingsOfItsOwn() {
    Payload payload = TestPayloads.ofLetters(2_000, 2);
    Payload reference = program.client().post("/encode", "variable", payload);

    assertThat(TestPayloads.claimData(reference)).containsEntry("bucket", "of-variable");
    assertThat(reference.getData().toStringUtf8()).contains("other.driver");
    assertThat(program.client().post("/decode", "variable", reference)).isEqualTo(payload);
  }

  @Test
  void theSettingsOfS3MayStandInASectionOfTheirOwn() {
    Payload reference = program.client().post("/encode", "section", LARGE);

    assertThat(TestPayloads.claimData(reference)).containsEntry("bucket", "of-section");
    assertThat(program.client().post("/decode", "section", reference)).isEqualTo(LARGE);
    assertThat(download("section", reference("v0/ns/section/wt/T/wi/w/ri/r", "former")))
        .isEqualTo(502);
  }

  @Test
  void readsWhatADriverOfAFormerNameStored() {
    Payload stored = program.client().post("/encode", "Billing", LARGE);
    Map<String, String> claim = TestPayloads.claimData(stored);

    assertThat(
            program.client().post("/download", "Billing", reference("old.driver", claim, stored)))
        .isEqualTo(LARGE);
    assertThat(download("Billing", TestPayloads.reference("unknown.driver", claim))).isEqualTo(403);
  }

  @ParameterizedTest
  @CsvSource({
    "v0/ns/Billing/wt/T/wi/w/ri/r, payloads-of-billing, 502",
    "v0/ns/orders/wt/T/wi/w/ri/r, payloads-of-billing, 502",
    "v0/ns/orders/wt/T/wi/w/ri/r, former, 502",
    "v0, payloads-of-billing, 502",
    "v0/ns/others/wt/T/wi/w/ri/r, payloads-of-billing, 403",
    "v0/ns/Billing/wt/T/wi/w/ri/r, payloads-orders, 403",
  })
  void asksTheStorageForWhatMayBeReadOnly(String prefix, String bucket, int status) {
    assertThat(download("Billing", reference(prefix, bucket))).isEqualTo(status);
  }

  @ParameterizedTest
  @CsvSource({
    "v0/ns/orders/wt/T/wi/w/ri/r, payloads-orders, 502",
    "v0, payloads-orders, 403",
    "v0/ns/orders/wt/T/wi/w/ri/r, payloads-others, 403",
    "v0/ns/others/wt/T/wi/w/ri/r, payloads-orders, 403",
    "v0/ns/../others/wt/T/wi/w/ri/r, payloads-orders, 403",
  })
  void aTemplatesNamespacesAreKeptApart(String prefix, String bucket, int status) {
    assertThat(download("orders", reference(prefix, bucket))).isEqualTo(status);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "../x",
        "a/b",
        "a%2Fb",
        "a\\b",
        "Orders",
        "örders",
        "orders ",
        "a..b",
        "-orders",
        ".",
        "orders-",
        "orders?x",
        "{namespace}",
        "*",
        "orders\u0000",
        "payloads-orders-payloads-orders-payloads-orders-payloads-orders",
        "of-billing",
      })
  void servesNoNamespaceThatCouldLeadElsewhere(String hostile) {
    assertThat(program.namespaces().find(hostile)).isEmpty();
  }

  @Test
  void rejectsHostileNamesInRequests() {
    String utf8InLatin1 =
        new String("é".getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    for (String hostile : new String[] {"../x", "a/b", "ORDERS", "x".repeat(2_000), utf8InLatin1}) {
      assertThat(program.client().status("/decode", "X-Namespace", hostile)).isEqualTo(404);
    }
  }

  private static Payload reference(String prefix, String bucket) {
    String hash = "0".repeat(64);
    Map<String, String> claim = new HashMap<>();
    claim.put("bucket", bucket);
    claim.put("key", prefix + "/d/sha256/" + hash);
    claim.put("hash_algorithm", "sha256");
    claim.put("hash_value", hash);
    return TestPayloads.reference("aws.s3driver", claim);
  }

  /** A reference that states the size of a stored payload. */
  private static Payload reference(String driver, Map<String, String> claim, Payload stored) {
    return TestPayloads.reference(driver, claim).toBuilder()
        .clearExternalPayloads()
        .addAllExternalPayloads(stored.getExternalPayloadsList())
        .build();
  }

  private static int download(String namespace, Payload reference) {
    return program
        .client()
        .post("/download", TestPayloads.toJson(reference), "X-Namespace", namespace)
        .statusCode();
  }
}
