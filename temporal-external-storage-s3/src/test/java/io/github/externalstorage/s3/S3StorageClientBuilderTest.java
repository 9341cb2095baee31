package io.github.externalstorage.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.externalstorage.driver.StorageDriverRetrieveContext;
import io.github.externalstorage.driver.StorageDriverStoreContext;
import io.github.externalstorage.driver.StorageException;
import io.github.externalstorage.driver.StorageException.Reason;
import io.github.externalstorage.fixtures.SilentServer;
import io.netty.handler.timeout.ReadTimeoutException;
import io.temporal.api.common.v1.Payload;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3AsyncClient;

final class S3StorageClientBuilderTest {

  private final Payload payload = Samples.payload(2 << 20);

  @AutoClose private final ScriptedServer server = new ScriptedServer();

  @Test
  void makesOneRoundTripForALargePayload() {
    try (S3AsyncClient client = TestClients.tuned(server.endpoint()).build()) {
      store(client).join();
    }
    assertThat(server.requests()).hasSize(1);
    assertThat(server.requests().get(0).getRequestHeaders()).doesNotContainKey("Expect");
  }

  @Test
  void namesTheBucketInThePathForCompatibleServers() {
    try (S3AsyncClient client = TestClients.tuned(server.endpoint()).build()) {
      store(client).join();
    }
    assertThat(server.requests().get(0).getRequestURI().getPath())
        .startsWith("/" + Samples.BUCKET + "/v0/");
  }

  @ParameterizedTest
  @CsvSource({
    "http://localhost:9000, true",
    "https://minio.example.com, true",
    "https://notamazonaws.com, true",
    "https://s3.eu-central-1.amazonaws.com, false",
    "https://vpce-1.s3.eu-central-1.vpce.amazonaws.com, false",
    "https://s3.cn-north-1.amazonaws.com.cn, false",
  })
  void namesTheBucketInTheHostForAmazon(URI endpoint, boolean pathStyle) {
    assertThat(url(TestClients.tuned(endpoint))).isEqualTo(expectedUrl(endpoint, pathStyle));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void namesTheBucketWhereItIsTold(boolean pathStyle) {
    for (String host : List.of("https://minio.example.com", "https://s3.amazonaws.com")) {
      URI endpoint = URI.create(host);
      assertThat(url(TestClients.tuned(endpoint).setPathStyle(pathStyle)))
          .isEqualTo(expectedUrl(endpoint, pathStyle));
    }
  }

  @Test
  void needsNoRegionForCompatibleServers() {
    try (S3AsyncClient client =
        S3StorageClientBuilder.newBuilder().setEndpoint(server.endpoint()).build()) {
      assertThat(client.serviceClientConfiguration().region()).isEqualTo(Region.US_EAST_1);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nhalf of it"})
  void abortsARequestThatStalls(String response) throws Exception {
    try (SilentServer silent = new SilentServer(request -> response);
        S3AsyncClient client =
            TestClients.tuned(silent.endpoint()).setIdleTimeout(Duration.ofMillis(300)).build()) {
      assertThat(failureToRetrieve(silent, client))
          .hasRootCauseInstanceOf(ReadTimeoutException.class);
    }
  }

  @Test
  void abortsARequestThatTakesTooLong() throws Exception {
    try (SilentServer silent = new SilentServer(request -> "");
        S3AsyncClient client =
            TestClients.tuned(silent.endpoint())
                .setRequestTimeout(Duration.ofMillis(300))
                .build()) {
      assertThat(failureToRetrieve(silent, client))
          .hasRootCauseInstanceOf(ApiCallTimeoutException.class);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"localhost:9000", "/path", "s3://bucket", "http:///path", "ftp://host"})
  void rejectsInvalidEndpoints(URI endpoint) {
    assertThatThrownBy(() -> S3StorageClientBuilder.newBuilder().setEndpoint(endpoint))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(endpoint.toString());
  }

  @Test
  void rejectsInvalidValues() {
    S3StorageClientBuilder builder = S3StorageClientBuilder.newBuilder();
    assertThatThrownBy(() -> builder.setMaxConcurrency(0))
        .hasMessage("maxConcurrency must be at least 1, not 0");
    assertThatThrownBy(() -> builder.setConnectTimeout(Duration.ZERO))
        .hasMessage("connectTimeout must be positive, not PT0S");
    assertThatThrownBy(() -> builder.setIdleTimeout(Duration.ZERO))
        .hasMessage("idleTimeout must be positive, not PT0S");
    assertThatThrownBy(() -> builder.setRequestTimeout(Duration.ofSeconds(-1)))
        .hasMessage("requestTimeout must be positive, not PT-1S");
  }

  private StorageException failureToRetrieve(SilentServer silent, S3AsyncClient client) {
    S3StorageDriver driver =
        S3StorageDriver.newBuilder()
            .setClient(client)
            .setBucket(Samples.BUCKET)
            .setStallTimeout(TestClients.LONG_TIMEOUT)
            .build();
    StorageException failure =
        silent.awaitFailure(
            () -> driver.retrieve(StorageDriverRetrieveContext.empty(), Samples.claim(payload)));
    assertThat(failure.getReason()).isEqualTo(Reason.UNAVAILABLE);
    assertThat(failure.isRetryable()).isTrue();
    return failure;
  }

  private CompletableFuture<?> store(S3AsyncClient client) {
    return S3StorageDriver.newBuilder()
        .setClient(client)
        .setBucket(Samples.BUCKET)
        .build()
        .store(StorageDriverStoreContext.empty(), payload);
  }

  /** The URI of a request for the object {@code key}. */
  private static String url(S3StorageClientBuilder builder) {
    try (S3AsyncClient client = builder.build()) {
      return client.utilities().getUrl(it -> it.bucket(Samples.BUCKET).key("key")).toExternalForm();
    }
  }

  private static String expectedUrl(URI endpoint, boolean pathStyle) {
    return pathStyle
        ? endpoint + "/" + Samples.BUCKET + "/key"
        : endpoint.getScheme() + "://" + Samples.BUCKET + "." + endpoint.getAuthority() + "/key";
  }
}
