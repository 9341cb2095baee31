package io.github.externalstorage.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.regions.Region;

final class S3SettingsTest {

  private static final S3Settings DEFAULT =
      new S3Settings(
          URI.create("http://localhost:5000"),
          "temporal-payloads",
          Region.US_EAST_1,
          AwsBasicCredentials.create("test", "test"));

  @Test
  void defaultToTheCommandS3() {
    assertThat(S3Settings.fromEnvironment(Map.of())).isEqualTo(DEFAULT);
    assertThat(S3Settings.fromEnvironment(Map.of("S3_ENDPOINT", "", "S3_BUCKET", " ")))
        .isEqualTo(DEFAULT);
  }

  @Test
  void followTheEnvironment() {
    Map<String, String> environment =
        Map.of(
            "S3_ENDPOINT", "https://s3.eu-central-1.amazonaws.com",
            "S3_BUCKET", "payloads",
            "AWS_REGION", "eu-central-1",
            "AWS_ACCESS_KEY_ID", "id",
            "AWS_SECRET_ACCESS_KEY", "secret",
            "AWS_SESSION_TOKEN", "token");
    assertThat(S3Settings.fromEnvironment(environment))
        .isEqualTo(
            new S3Settings(
                URI.create("https://s3.eu-central-1.amazonaws.com"),
                "payloads",
                Region.EU_CENTRAL_1,
                AwsSessionCredentials.create("id", "secret", "token")));
  }

  @Test
  void keepTheSecretOutOfMessages() {
    assertThat(S3Settings.fromEnvironment(Map.of("AWS_SECRET_ACCESS_KEY", "hidden")))
        .asString()
        .doesNotContain("hidden");
  }

  @ParameterizedTest
  @ValueSource(strings = {"localhost:5000", "nonsense", "ftp://host", "http://", "http://a b"})
  void rejectAnEndpointThatIsNoUrl(String endpoint) {
    assertThatThrownBy(() -> S3Settings.fromEnvironment(Map.of("S3_ENDPOINT", endpoint)))
        .isInstanceOf(ExampleException.class)
        .hasMessage("S3_ENDPOINT is '%s': set it to a URL such as http://localhost:5000", endpoint);
  }
}
