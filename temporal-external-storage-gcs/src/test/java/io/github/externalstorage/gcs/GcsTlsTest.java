package io.github.externalstorage.gcs;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.auth.oauth2.AccessToken;
import com.google.auth.oauth2.GoogleCredentials;
import io.github.externalstorage.driver.StorageDriverClaim;
import io.github.externalstorage.driver.StorageDriverRetrieveContext;
import io.github.externalstorage.driver.StorageDriverStoreContext;
import io.github.externalstorage.driver.StorageException;
import io.github.externalstorage.driver.StorageException.Reason;
import io.github.externalstorage.fixtures.StorageFailures;
import io.github.externalstorage.fixtures.TestCertificate;
import io.github.externalstorage.fixtures.TestPayloads;
import io.temporal.api.common.v1.Payload;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
final class GcsTlsTest {

  private static final Payload PAYLOAD = TestPayloads.ofLetters(3_000_000, 1);

  @TempDir private Path folder;

  @Test
  void storesAndRetrievesWithTheCallersClient() throws Exception {
    TestCertificate certificate = TestCertificate.make(folder, "EC");
    AccessToken token =
        new AccessToken("token-1", Date.from(Instant.now().plus(Duration.ofHours(1))));
    try (FakeGcs gcs = new FakeGcs(certificate.serverContext())) {
      GcsStorageDriver driver =
          gcs.newDriver()
              .setCredentials(GoogleCredentials.create(token))
              .setHttpClient(
                  HttpClient.newBuilder().sslContext(TestCertificate.trusting(certificate)).build())
              .build();

      StorageDriverClaim claim = driver.store(StorageDriverStoreContext.empty(), PAYLOAD).join();

      assertThat(driver.retrieve(StorageDriverRetrieveContext.empty(), claim).join())
          .isEqualTo(PAYLOAD);
      assertThat(gcs.requests())
          .extracting(request -> request.header("Authorization"))
          .containsExactly("Bearer token-1", "Bearer token-1");
    }
  }

  @Test
  void anUntrustedCertificateIsAFaultOfTheConfiguration() throws Exception {
    try (FakeGcs gcs = new FakeGcs(TestCertificate.make(folder, "EC").serverContext())) {
      StorageException failure =
          StorageFailures.of(
              gcs.newDriver().build().store(StorageDriverStoreContext.empty(), PAYLOAD));

      assertThat(failure.getReason()).isEqualTo(Reason.MISCONFIGURED);
      assertThat(failure.isRetryable()).isFalse();
      assertThat(failure).hasMessageContaining("the certificate at the endpoint is not trusted");
    }
  }
}
