package io.github.externalstorage.cli.codecserver;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Issuers change their keys from time to time. */
final class TokenKeysTest {

  private static final TestTokens first = TestTokens.withKey("first");
  private static final TestTokens second = TestTokens.withKey("second");
  private static final TestTokens forged = TestTokens.withKey("forged");

  @TempDir private Path folder;
  private volatile String published = first.keys();
  private final AtomicInteger fetches = new AtomicInteger();
  private HttpServer issuer;

  @BeforeEach
  void startIssuer() throws IOException {
    issuer = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    issuer.createContext(
        "/keys",
        exchange -> {
          fetches.incrementAndGet();
          byte[] body = published.getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    issuer.start();
  }

  @AfterEach
  void stopIssuer() {
    issuer.stop(0);
  }

  @Test
  void keysOfAFileAreReloaded() throws Exception {
    Path file = Files.writeString(folder.resolve("keys.json"), first.keys());
    try (TestProgram program = start("keys.json")) {
      assertThat(status(program, first)).isEqualTo(200);
      assertThat(status(program, second)).isEqualTo(401);

      Files.writeString(file, second.keys());
      program.reload();

      assertThat(status(program, second)).isEqualTo(200);
      assertThat(status(program, first)).isEqualTo(401);
    }
  }

  @Test
  void brokenKeysOfAFileAreIgnored() throws Exception {
    Path file = Files.writeString(folder.resolve("keys.json"), first.keys());
    try (TestProgram program = start("keys.json")) {
      Files.writeString(file, "{\"keys\":[");
      program.reload();

      assertThat(status(program, first)).isEqualTo(200);
    }
  }

  @Test
  void keysMayBeOfEllipticCurves() throws Exception {
    ECKey key = new ECKeyGenerator(Curve.P_256).keyID("first").generate();
    Files.writeString(
        folder.resolve("keys.json"), new JWKSet(List.of(key, first.key())).toString(false));
    try (TestProgram program =
        TestProgram.start(folder, yaml("keys.json") + "  algorithms: [ES256]\n")) {
      String token =
          first.sign(JWSAlgorithm.ES256, new ECDSASigner(key), TestTokens.claims("orders:read"));

      assertThat(status(program, token)).isEqualTo(200);
      assertThat(status(program, first)).as("RS256 is not configured").isEqualTo(401);
    }
  }

  @Test
  void keysOfAUrlAreFetchedOnceAndWhenTheyChange() throws Exception {
    try (TestProgram program = start(url())) {
      assertThat(status(program, first)).isEqualTo(200);
      int atFirst = fetches.get();
      assertThat(status(program, first)).isEqualTo(200);
      assertThat(fetches).hasValue(atFirst);

      published = second.keys();

      assertThat(status(program, second)).isEqualTo(200);
      assertThat(status(program, first)).isEqualTo(401);
    }
  }

  @Test
  void unknownKeysDoNotMakeTheIssuerBusy() throws Exception {
    try (TestProgram program = start(url())) {
      for (int i = 0; i < 20; i++) {
        assertThat(status(program, forged)).isEqualTo(401);
      }

      assertThat(fetches).hasValueBetween(1, 2);
      assertThat(status(program, first)).isEqualTo(200);
    }
  }

  @Test
  void fetchedKeysSurviveAnOutageAndAReload() throws Exception {
    try (TestProgram program = start(url())) {
      assertThat(status(program, first)).isEqualTo(200);

      issuer.stop(0);
      program.rewrite(yaml(url()).replace("orders:", "renamed:"));

      assertThat(status(program, first)).as("known, as the namespace was").isEqualTo(404);
    }
  }

  @Test
  void withoutKeysRejectionsAreTemporary() throws Exception {
    String url = url();
    issuer.stop(0);
    try (TestProgram program = start(url)) {
      assertThat(status(program, first)).isEqualTo(503);
      assertThat(status(program, forged)).isEqualTo(503);
      assertThat(status(program, first)).isEqualTo(503);
    }
  }

  private String url() {
    return "http://127.0.0.1:" + issuer.getAddress().getPort() + "/keys";
  }

  private TestProgram start(String keys) throws Exception {
    return TestProgram.start(folder, yaml(keys));
  }

  private static String yaml(String keys) {
    return """
    namespaces:
      orders: {bucket: payloads, region: us-east-1}
    jwt:
      keys: %s
      issuer: https://id.example.com/
      audience: temporal-codec-server
      header: Authorization-Extras
    """
        .formatted(keys);
  }

  private static int status(TestProgram program, TestTokens issuer) {
    return status(program, issuer.token("orders:read"));
  }

  private static int status(TestProgram program, String token) {
    return program
        .client()
        .status("/decode", "X-Namespace", "orders", "Authorization-Extras", token);
  }
}
