package io.github.externalstorage.cli.codecserver;

import io.github.externalstorage.driver.StorageDriver;
import io.github.externalstorage.fixtures.CodecClient;
import io.github.externalstorage.fixtures.CodecProtocolContract;
import io.github.externalstorage.fixtures.TestCertificate;
import io.github.externalstorage.fixtures.TestServer;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** The protocol over HTTP/2, where a request need not say whether it has a body, nor its length. */
final class JettyHttp2ProtocolTest extends CodecProtocolContract {

  private static TlsKeys keys;
  private static HttpClient http;

  @BeforeAll
  static void makeKeys(@TempDir Path folder) throws Exception {
    TestCertificate certificate = TestCertificate.make(folder, "EC");
    certificate.write(folder.resolve("tls.crt"), folder.resolve("tls.key"));
    keys = TlsKeys.load(folder.resolve("tls.crt"), folder.resolve("tls.key"));
    http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_2)
            .sslContext(TestCertificate.trusting(certificate))
            .build();
  }

  @Override
  protected TestServer start(StorageDriver driver) throws IOException {
    return JettyProtocolTest.start(driver, Optional.of(keys));
  }

  @Override
  protected CodecClient client(int port) {
    return CodecClient.https(http, port);
  }
}
