package io.github.externalstorage.gcs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.auth.oauth2.GoogleCredentials;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class GcsStorageDriverBuilderTest {

  private static final GoogleCredentials CREDENTIALS = GoogleCredentials.newBuilder().build();

  @Test
  void needsOnlyCredentialsAndABucket() {
    GcsStorageDriver driver =
        GcsStorageDriver.newBuilder().setCredentials(CREDENTIALS).setBucket("b").build();

    assertThat(driver.getName()).isEqualTo("gcp.gcsdriver");
    assertThat(driver.getType()).isEqualTo("gcp.gcsdriver");
    assertThat(driver.getMaxPayloadSize()).isEqualTo(50 * 1024 * 1024);
  }

  @Test
  void namesWhatIsMissing() {
    assertThatThrownBy(() -> GcsStorageDriver.newBuilder().setCredentials(CREDENTIALS).build())
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("setBucket");
    assertThatThrownBy(() -> GcsStorageDriver.newBuilder().setBucket("b").build())
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("setCredentials");
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://localhost:4443", "http://127.0.0.1:1", "http://[::1]:1/"})
  void sendsCredentialsToAnEmulatorOnThisMachine(String endpoint) {
    assertThatCode(() -> withCredentials(endpoint)).doesNotThrowAnyException();
  }

  @Test
  void sendsCredentialsToNoOtherEndpointUnencrypted() {
    assertThatThrownBy(() -> withCredentials("http://storage.example"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("unencrypted to http://storage.example");
    assertThatCode(() -> withCredentials("https://storage.example")).doesNotThrowAnyException();
  }

  @Test
  void sendsNoCredentialsWhereARedirectLeads() {
    HttpClient following =
        HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NORMAL).build();

    assertThatThrownBy(() -> GcsStorageDriver.newBuilder().setHttpClient(following))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("must not follow redirects");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "localhost:4443",
        "ftp://localhost",
        "file:///tmp",
        "/path",
        "http://user:secret@localhost",
        "http://localhost?x=y",
        "http://localhost#x",
        "https:storage"
      })
  void rejectsWhatIsNoEndpoint(String endpoint) {
    assertThatThrownBy(() -> GcsStorageDriver.newBuilder().setEndpoint(URI.create(endpoint)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("endpoint must be an http or https URL")
        .hasMessageNotContaining("secret");
  }

  @Test
  void rejectsValuesOutOfRange() {
    GcsStorageDriver.Builder builder = GcsStorageDriver.newBuilder();

    assertThatThrownBy(() -> builder.setBucket(" ")).hasMessage("bucket must not be blank");
    assertThatThrownBy(() -> builder.setName(" ")).hasMessage("name must not be blank");
    assertThatThrownBy(() -> builder.setMaxPayloadSize(0))
        .hasMessage("maxPayloadSize must be at least 1, not 0");
    assertThatThrownBy(() -> builder.setStallTimeout(Duration.ZERO))
        .hasMessage("stallTimeout must be positive, not PT0S");
    assertThatThrownBy(() -> builder.setBucketSelector((context, payload) -> "b", List.of()))
        .hasMessage("buckets must not be empty");
    assertThatThrownBy(() -> builder.setReadOnlyBuckets(List.of("")))
        .hasMessage("bucket must not be blank");
    assertThatThrownBy(
            () ->
                builder
                    .setCredentials(CREDENTIALS)
                    .setBucket("b")
                    .setBucketAliases(Map.of("b", "c"))
                    .build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'b' is an alias");
  }

  private static GcsStorageDriver withCredentials(String endpoint) {
    return GcsStorageDriver.newBuilder()
        .setCredentials(CREDENTIALS)
        .setEndpoint(URI.create(endpoint))
        .setBucket("b")
        .build();
  }
}
