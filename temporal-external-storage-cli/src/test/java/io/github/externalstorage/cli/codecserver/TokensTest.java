package io.github.externalstorage.cli.codecserver;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import io.github.externalstorage.fixtures.CodecClient;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which tokens are accepted, and the responses to rejected ones. */
final class TokensTest {

  private static final TestTokens issuer = TestTokens.withKey("one");
  private static TestProgram program;

  @BeforeAll
  static void start(@TempDir Path folder) throws Exception {
    Files.writeString(folder.resolve("keys.json"), issuer.keys());
    program =
        TestProgram.start(
            folder,
            """
            namespaces:
              orders: {bucket: payloads, region: us-east-1}
              billing: {bucket: payloads, region: us-east-1}
            jwt:
              keys: keys.json
              issuer: https://id.example.com/
              audience: [temporal-codec-server, another]
              groups:
                sre: ["*:read"]
                orders-team: [orders:write]
            """);
  }

  @AfterAll
  static void stop() {
    program.close();
  }

  @Test
  void admitsABearer() {
    assertThat(status("decode", "Bearer " + issuer.token("orders:read"))).isEqualTo(200);
    assertThat(status("decode", "bearer " + issuer.token("orders:read"))).isEqualTo(200);
    assertThat(status("decode", issuer.token("orders:read"))).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "Bearer",
        "Bearer ",
        "Basic YWxpY2U6c2VjcmV0",
        "Bearer a.b.c",
        "Bearer a.b.c.d.e",
        "x"
      })
  void rejectsWhatIsNoToken(String header) {
    assertThat(status("decode", header)).isEqualTo(401);
  }

  @Test
  void rejectsARequestWithoutAToken() {
    HttpResponse<String> response = program.client().post("/decode", "{}", "X-Namespace", "orders");

    assertThat(response.statusCode()).isEqualTo(401);
    assertThat(response.headers().firstValue("WWW-Authenticate")).contains("Bearer");
    assertThat(response.body())
        .isEqualTo("{\"error\":\"The header Authorization must have one token\"}");
  }

  @Test
  void rejectsSeveralTokens() {
    String token = "Bearer " + issuer.token("orders:read");

    assertThat(
            program
                .client()
                .status(
                    "/decode",
                    "X-Namespace",
                    "orders",
                    "Authorization",
                    token,
                    "Authorization",
                    token))
        .isEqualTo(401);
  }

  @Test
  void rejectsAnExpiredToken() {
    String token = issuer.sign(TestTokens.claims("orders:read").expirationTime(in(-120)));

    HttpResponse<String> response = decode("Bearer " + token);

    assertThat(response.statusCode()).isEqualTo(401);
    assertThat(response.body()).contains("The token has expired").doesNotContain(token);
  }

  @Test
  void rejectsATokenThatNeverExpires() {
    assertThat(status("decode", issuer.sign(TestTokens.claims("orders:read").expirationTime(null))))
        .isEqualTo(401);
  }

  @Test
  void rejectsATokenThatIsNotYetValid() {
    assertThat(
            status("decode", issuer.sign(TestTokens.claims("orders:read").notBeforeTime(in(120)))))
        .isEqualTo(401);
  }

  @Test
  void clocksMayDisagreeByAMinute() {
    JWTClaimsSet.Builder claims =
        TestTokens.claims("orders:read").expirationTime(in(-20)).notBeforeTime(in(20));

    assertThat(status("decode", issuer.sign(claims))).isEqualTo(200);
  }

  @Test
  void rejectsAnotherKeyOfTheSameName() {
    assertThat(status("decode", TestTokens.withKey("one").token("orders:read"))).isEqualTo(401);
  }

  @Test
  void rejectsAnUnknownKey() {
    assertThat(status("decode", TestTokens.withKey("two").token("orders:read"))).isEqualTo(401);
  }

  @Test
  void rejectsAnotherIssuer() {
    JWTClaimsSet.Builder claims = TestTokens.claims("orders:read");

    assertThat(status("decode", issuer.sign(claims.issuer("https://id.example.com"))))
        .isEqualTo(401);
    assertThat(status("decode", issuer.sign(claims.issuer(null)))).isEqualTo(401);
  }

  @Test
  void rejectsAnotherAudience() {
    JWTClaimsSet.Builder claims = TestTokens.claims("orders:read");

    assertThat(status("decode", issuer.sign(claims.audience("temporal")))).isEqualTo(401);
    assertThat(status("decode", issuer.sign(claims.audience((String) null)))).isEqualTo(401);
    assertThat(status("decode", issuer.sign(claims.audience(List.of("x", "another")))))
        .isEqualTo(200);
  }

  @Test
  void rejectsATokenWithoutSignature() {
    JWTClaimsSet claims = TestTokens.claims("orders:read").build();
    String signed = issuer.token("orders:read");

    assertThat(status("decode", new PlainJWT(claims).serialize())).isEqualTo(401);
    assertThat(status("decode", signed.substring(0, signed.lastIndexOf('.') + 1))).isEqualTo(401);
    assertThat(status("decode", withHeader("{\"alg\":\"nOnE\"}", signed))).isEqualTo(401);
  }

  /** A library that lets the token choose the algorithm would use the public key as the secret. */
  @Test
  void rejectsATokenThatIsSignedWithThePublicKey() throws Exception {
    byte[] der = issuer.key().toPublicKey().getEncoded();
    String pem =
        "-----BEGIN PUBLIC KEY-----\n"
            + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der)
            + "\n-----END PUBLIC KEY-----\n";
    for (byte[] secret : List.of(der, pem.getBytes(StandardCharsets.UTF_8))) {
      String token =
          issuer.sign(JWSAlgorithm.HS256, new MACSigner(secret), TestTokens.claims("orders:read"));

      assertThat(status("decode", token)).isEqualTo(401);
    }
  }

  @Test
  void rejectsAnAlgorithmThatIsNotConfigured() throws Exception {
    String token =
        issuer.sign(
            JWSAlgorithm.RS512,
            new com.nimbusds.jose.crypto.RSASSASigner(issuer.key()),
            TestTokens.claims("orders:read"));

    assertThat(status("decode", token)).isEqualTo(401);
  }

  @ParameterizedTest
  @CsvSource({
    "orders:read, decode, 200",
    "orders:read, download, 200",
    "orders:read, encode, 403",
    "orders:write, decode, 200",
    "orders:write, encode, 200",
    "orders:admin, encode, 200",
    "orders:ADMIN, encode, 200",
    "orders:wrıte, decode, 403",
    "orders:ADMİN, decode, 403",
    "temporal-system:read, decode, 200",
    "temporal-system:read, encode, 403",
    "temporal-system:admin, encode, 200",
    "billing:admin, decode, 403",
    "orders:worker, decode, 403",
    "orders:, decode, 403",
    ":read, decode, 403",
    "orders, decode, 403",
    "Orders:read, decode, 403",
    "*:read, decode, 403",
    "orders:read:write, decode, 403",
    "billing:orders:read, decode, 403",
  })
  void doesWhatATokenPermits(String permission, String operation, int status) {
    assertThat(status(operation, "Bearer " + issuer.token(permission))).isEqualTo(status);
  }

  @ParameterizedTest
  @CsvSource({
    "sre, orders, decode, 200",
    "sre, billing, decode, 200",
    "sre, orders, encode, 403",
    "orders-team, orders, encode, 200",
    "orders-team, billing, decode, 403",
    "strangers, orders, decode, 403",
  })
  void doesWhatTheFilePermitsToGroups(
      String group, String namespace, String operation, int status) {
    String token = issuer.sign(TestTokens.claims().claim("groups", List.of("staff", group)));

    assertThat(
            program
                .client()
                .status(
                    "/" + operation, "X-Namespace", namespace, "Authorization", "Bearer " + token))
        .isEqualTo(status);
  }

  @Test
  void claimsOfOtherTypesPermitNothing() {
    JWTClaimsSet.Builder claims = TestTokens.claims().claim("groups", List.of(1, List.of("sre")));

    assertThat(status("decode", issuer.sign(claims.claim("permissions", 7)))).isEqualTo(403);
  }

  @Test
  void callersWithoutAPermissionCannotProbeNamespaces() {
    String token = "Bearer " + issuer.token("orders:read");
    CodecClient client = program.client();

    assertThat(client.status("/decode", "X-Namespace", "none-such", "Authorization", token))
        .isEqualTo(403);
    assertThat(client.status("/decode", "Authorization", token)).isEqualTo(403);
  }

  private static int status(String operation, String header) {
    return program
        .client()
        .status("/" + operation, "X-Namespace", "orders", "Authorization", header);
  }

  private static HttpResponse<String> decode(String header) {
    return program.client().post("/decode", "{}", "X-Namespace", "orders", "Authorization", header);
  }

  private static Date in(int seconds) {
    return Date.from(Instant.now().plusSeconds(seconds));
  }

  private static String withHeader(String header, String token) {
    return Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString(header.getBytes(StandardCharsets.UTF_8))
        + token.substring(token.indexOf('.'));
  }
}
