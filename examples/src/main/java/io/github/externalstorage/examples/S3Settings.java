package io.github.externalstorage.examples;

import io.github.externalstorage.s3.S3StorageClientBuilder;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Map;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3AsyncClient;

/** Where the large payloads are kept; by default where the command {@code s3} keeps them. */
record S3Settings(URI endpoint, String bucket, Region region, AwsCredentials credentials) {

  static final String VARIABLES =
      """
        S3_ENDPOINT            http://localhost:5000
        S3_BUCKET              temporal-payloads
        AWS_REGION             us-east-1
        AWS_ACCESS_KEY_ID      test
        AWS_SECRET_ACCESS_KEY  test\
      """;

  static S3Settings fromEnvironment(Map<String, String> environment) {
    return new S3Settings(
        endpoint(get(environment, "S3_ENDPOINT", "http://localhost:5000")),
        get(environment, "S3_BUCKET", "temporal-payloads"),
        Region.of(get(environment, "AWS_REGION", "us-east-1")),
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

  private static URI endpoint(String value) {
    try {
      URI endpoint = new URI(value);
      if (endpoint.getHost() != null && String.valueOf(endpoint.getScheme()).matches("https?")) {
        return endpoint;
      }
    } catch (URISyntaxException e) {
      // Refused below, as is what parses but is no address of a server.
    }
    throw new ExampleException(
        "S3_ENDPOINT is '%s': set it to a URL such as http://localhost:5000".formatted(value));
  }

  private static AwsCredentials credentials(Map<String, String> environment) {
    String id = get(environment, "AWS_ACCESS_KEY_ID", "test");
    String secret = get(environment, "AWS_SECRET_ACCESS_KEY", "test");
    String token = get(environment, "AWS_SESSION_TOKEN", "");
    return token.isEmpty()
        ? AwsBasicCredentials.create(id, secret)
        : AwsSessionCredentials.create(id, secret, token);
  }

  private static String get(Map<String, String> environment, String name, String otherwise) {
    String value = environment.getOrDefault(name, "");
    return value.isBlank() ? otherwise : value.strip();
  }
}
