package io.github.externalstorage.examples;

import io.github.externalstorage.s3.S3StorageClientBuilder;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletionException;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** The bucket for large payloads; by default the one that the command {@code s3} provides. */
record S3Settings(URI endpoint, String bucket, Region region, AwsCredentials credentials) {

  static final String VARIABLES =
      """
        S3_ENDPOINT            http://localhost:5000
        S3_BUCKET              temporal-payloads
        AWS_REGION             us-east-1
        AWS_ACCESS_KEY_ID      test
        AWS_SECRET_ACCESS_KEY  test\
      """;

  private static final Duration CHECK_TIMEOUT = Duration.ofSeconds(5);

  static S3Settings fromEnvironment(Map<String, String> environment) {
    return new S3Settings(
        endpoint(Main.setting(environment, "S3_ENDPOINT", "http://localhost:5000")),
        Main.setting(environment, "S3_BUCKET", "temporal-payloads"),
        Region.of(Main.setting(environment, "AWS_REGION", "us-east-1")),
        credentials(environment));
  }

  S3Settings withEndpoint(URI other) {
    return new S3Settings(other, bucket, region, credentials);
  }

  S3AsyncClient newClient() {
    return S3StorageClientBuilder.newBuilder()
        .setEndpoint(endpoint)
        .setRegion(region)
        .setCredentialsProvider(StaticCredentialsProvider.create(credentials))
        .build();
  }

  /**
   * Finds out at once, instead of with the first large payload, whether the bucket can be used.
   *
   * @throws ExampleException if S3 can't be reached, has no such bucket, or denies access to it
   */
  void checkBucket(S3AsyncClient client) {
    try {
      client
          .headBucket(
              request ->
                  request
                      .bucket(bucket)
                      .overrideConfiguration(config -> config.apiCallTimeout(CHECK_TIMEOUT)))
          .join();
    } catch (CompletionException e) {
      throw new ExampleException(
          e.getCause() instanceof S3Exception error
              ? explain(error)
              : "Could not reach S3 at %s: start one with -Dexec.args=s3, or set S3_ENDPOINT"
                  .formatted(endpoint),
          e);
    }
  }

  private String explain(S3Exception error) {
    return error.statusCode() == 404
        ? "S3 at %s has no bucket '%s': create it, or set S3_BUCKET".formatted(endpoint, bucket)
        : "S3 at %s denied access to bucket '%s' (HTTP %s): check AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_REGION and the permission s3:ListBucket"
            .formatted(endpoint, bucket, error.statusCode());
  }

  private static URI endpoint(String value) {
    try {
      URI endpoint = new URI(value);
      if (endpoint.getHost() != null && String.valueOf(endpoint.getScheme()).matches("https?")) {
        return endpoint;
      }
    } catch (URISyntaxException e) {
      // Reported below, like a valid URI that is not the URL of a server.
    }
    throw new ExampleException(
        "S3_ENDPOINT is '%s': set it to a URL such as http://localhost:5000".formatted(value));
  }

  private static AwsCredentials credentials(Map<String, String> environment) {
    String id = Main.setting(environment, "AWS_ACCESS_KEY_ID", "test");
    String secret = Main.setting(environment, "AWS_SECRET_ACCESS_KEY", "test");
    String token = Main.setting(environment, "AWS_SESSION_TOKEN", "");
    return token.isEmpty()
        ? AwsBasicCredentials.create(id, secret)
        : AwsSessionCredentials.create(id, secret, token);
  }
}
