package io.github.externalstorage.codec.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.externalstorage.driver.InMemoryStorageDriver;
import io.github.externalstorage.fixtures.RawClient;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TlsTest {

  private static final char[] PASSWORD = "changeit".toCharArray();

  private final List<RawClient> slow = new ArrayList<>();
  private static SSLContext tls;
  private CodecServer server;

  @BeforeAll
  static void makeKey(@TempDir Path folder) throws Exception {
    tls = context(makeKeyStore(folder.resolve("key.p12")));
  }

  @BeforeEach
  void start() throws IOException {
    InMemoryStorageDriver driver = InMemoryStorageDriver.newBuilder().build();
    server =
        CodecServer.newBuilder(Wiring.handler(Wiring.codec(driver)).setMaxBodySize(300_000).build())
            .setPort(0)
            .setSslContext(tls)
            .start();
  }

  @AfterEach
  void stop() throws IOException {
    for (RawClient client : slow) {
      client.close();
    }
    server.close();
  }

  @Test
  void servesHttps() throws Exception {
    assertThat(post(200_000).statusCode()).isEqualTo(200);
  }

  @Test
  void respondsCompletelyToABodyThatItRejects() throws Exception {
    assertThat(post(5_000_000).statusCode()).isEqualTo(413);
  }

  @Test
  void clientsThatDoNotShakeHandsDoNotBlockOthers() throws Exception {
    try (RawClient first = new RawClient(server.getPort())) {
      first.sendText("\u0016");
      for (int i = 0; i < 150; i++) {
        slow.add(new RawClient(server.getPort()).sendText("\u0016\u0003\u0001"));
      }

      assertThat(post(10).statusCode()).isEqualTo(200);
      assertThat(first.readUntilBroken()).as("the slowest gave way").isEmpty();
    }
  }

  @Test
  void plainHttpGetsNoResponse() throws IOException {
    try (RawClient plain = new RawClient(server.getPort())) {
      plain.send("GET /healthz HTTP/1.1", "Host: localhost", "");

      assertThat(plain.readUntilBroken()).doesNotContain("HTTP/1.1");
    }
  }

  private HttpResponse<String> post(int spaces) throws IOException, InterruptedException {
    HttpClient client =
        HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).sslContext(tls).build();
    URI uri = URI.create("https://localhost:" + server.getPort() + "/decode");
    return client.send(
        HttpRequest.newBuilder(uri)
            .header("Content-Type", "application/json")
            .header("X-Namespace", "default")
            .POST(BodyPublishers.ofString("{}" + " ".repeat(spaces)))
            .build(),
        BodyHandlers.ofString());
  }

  /** A key and a certificate of its own for localhost, from the JDK's tool. */
  private static Path makeKeyStore(Path file) throws IOException, InterruptedException {
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-keyalg",
                "EC",
                "-alias",
                "codec",
                "-dname",
                "CN=localhost",
                "-ext",
                "SAN=dns:localhost",
                "-storetype",
                "PKCS12",
                "-storepass",
                new String(PASSWORD),
                "-keystore",
                file.toString())
            .redirectErrorStream(true)
            .start();
    String output = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(keytool.waitFor()).as(output).isZero();
    return file;
  }

  private static SSLContext context(Path keys) throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(keys)) {
      store.load(in, PASSWORD);
    }
    KeyManagerFactory own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    own.init(store, PASSWORD);
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(store);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(own.getKeyManagers(), trust.getTrustManagers(), null);
    return context;
  }
}
