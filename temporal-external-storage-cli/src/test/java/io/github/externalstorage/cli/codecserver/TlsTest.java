package io.github.externalstorage.cli.codecserver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.externalstorage.cli.config.ConfigException;
import io.github.externalstorage.fixtures.TestCertificate;
import java.math.BigInteger;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.cert.X509Certificate;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Certificates and keys in PEM files, which are replaced while the server runs. */
final class TlsTest {

  private static final String YAML =
      """
      server:
        tls: {certificate: tls/tls.crt, key: tls/tls.key}
      namespaces:
        orders: {bucket: payloads, region: us-east-1}
      """;

  private static TestCertificate ec;
  private static TestCertificate rsa;

  @TempDir private Path folder;
  private Path certificate;
  private Path key;

  @BeforeAll
  static void makeKeys(@TempDir Path keys) throws Exception {
    ec = TestCertificate.make(keys, "EC");
    rsa = TestCertificate.make(keys, "RSA");
  }

  @BeforeEach
  void writeFiles() throws Exception {
    Files.createDirectory(folder.resolve("tls"));
    certificate = folder.resolve("tls/tls.crt");
    key = folder.resolve("tls/tls.key");
    ec.write(certificate, key);
  }

  @Test
  void servesHttps() throws Exception {
    try (TestProgram program = TestProgram.start(folder, YAML)) {
      assertThat(program.server()).hasScheme("https");
      assertThat(shownBy(program.server())).isEqualTo(ec.serialNumber());
    }
  }

  @Test
  void reloadsNewFiles() throws Exception {
    try (TestProgram program = TestProgram.start(folder, YAML)) {
      rsa.write(certificate, key);
      program.reload();

      assertThat(shownBy(program.server())).isEqualTo(rsa.serialNumber());
    }
  }

  @Test
  void keepsTheOldOnesWhileTheNewOnesAreIncomplete() throws Exception {
    try (TestProgram program = TestProgram.start(folder, YAML)) {
      Path otherKey = folder.resolve("other.key");
      rsa.write(certificate, otherKey);
      program.reload();

      assertThat(shownBy(program.server())).isEqualTo(ec.serialNumber());

      Files.move(otherKey, key, StandardCopyOption.REPLACE_EXISTING);
      program.reload();

      assertThat(shownBy(program.server())).isEqualTo(rsa.serialNumber());
    }
  }

  @Test
  void keepsTheOldOnesWhenTheNewOnesAreGone() throws Exception {
    try (TestProgram program = TestProgram.start(folder, YAML)) {
      Files.delete(certificate);
      program.reload();

      assertThat(shownBy(program.server())).isEqualTo(ec.serialNumber());
    }
  }

  /** As Kubernetes replaces mounted secrets: through a link, without writing to the files. */
  @Test
  void followsALinkThatIsChanged() throws Exception {
    Path first = Files.createDirectory(folder.resolve("first"));
    Path second = Files.createDirectory(folder.resolve("second"));
    ec.write(first.resolve("tls.crt"), first.resolve("tls.key"));
    rsa.write(second.resolve("tls.crt"), second.resolve("tls.key"));
    Path data = Files.createSymbolicLink(folder.resolve("data"), first);
    Files.delete(certificate);
    Files.delete(key);
    Files.createSymbolicLink(certificate, data.resolve("tls.crt"));
    Files.createSymbolicLink(key, data.resolve("tls.key"));
    try (TestProgram program = TestProgram.start(folder, YAML)) {
      assertThat(shownBy(program.server())).isEqualTo(ec.serialNumber());

      Path next = Files.createSymbolicLink(folder.resolve("next"), second);
      Files.move(next, data, StandardCopyOption.ATOMIC_MOVE);
      program.reload();

      assertThat(shownBy(program.server())).isEqualTo(rsa.serialNumber());
    }
  }

  @Test
  void namesTheFileThatIsWrong() throws Exception {
    Files.writeString(key, TestCertificate.pem("RSA PRIVATE KEY", new byte[] {1}));

    assertThatThrownBy(() -> TestProgram.start(folder, YAML))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("server.tls.certificate can't be used: ")
        .hasMessageContaining("tls.key holds no unencrypted key in PKCS #8")
        .hasMessageContaining("openssl pkcs8 -topk8");

    Files.writeString(key, TestCertificate.pem("PRIVATE KEY", new byte[] {1}));

    assertThatThrownBy(() -> TestProgram.start(folder, YAML))
        .hasMessageContaining("tls.key is not the key of");

    Files.writeString(certificate, "none");

    assertThatThrownBy(() -> TestProgram.start(folder, YAML))
        .hasMessageContaining("tls.crt holds no certificate in PEM");
  }

  @Test
  void reportsAnExpiredCertificate() throws Exception {
    TestCertificate.make(folder, "EC", "-startdate", "-2d", "-validity", "1")
        .write(certificate, key);
    Path file = Files.writeString(folder.resolve("config.yaml"), YAML);

    try (CodecServerProgram program = new CodecServerProgram(file, Map.of())) {
      assertThat(program.config().file().warnings())
          .singleElement()
          .asString()
          .startsWith("The certificate of server.tls expired at ");
    }
  }

  private static BigInteger shownBy(URI server) throws Exception {
    HttpClient client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .sslContext(TestCertificate.trusting(ec, rsa))
            .build();
    HttpResponse<Void> response =
        client.send(
            HttpRequest.newBuilder(server.resolve("/healthz")).build(), BodyHandlers.discarding());
    assertThat(response.statusCode()).isEqualTo(200);
    X509Certificate shown =
        (X509Certificate) response.sslSession().orElseThrow().getPeerCertificates()[0];
    return shown.getSerialNumber();
  }
}
