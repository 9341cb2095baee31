package io.github.externalstorage.s3.internal.requests;

import java.net.URI;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.S3ServiceClientConfiguration;

/**
 * Where a client sends its requests.
 *
 * @param region the client's region, null if unknown
 * @param endpoint the endpoint override, null if the client uses Amazon's endpoints
 */
public record S3ClientLocation(@Nullable Region region, @Nullable URI endpoint) {

  public static S3ClientLocation of(S3AsyncClient client) {
    try {
      S3ServiceClientConfiguration configuration = client.serviceClientConfiguration();
      return new S3ClientLocation(
          configuration.region(), configuration.endpointOverride().orElse(null));
    } catch (UnsupportedOperationException e) {
      // Custom implementations of S3AsyncClient may not support this.
      return new S3ClientLocation(null, null);
    }
  }

  /**
   * Which service buckets belong to: empty for Amazon S3, each bucket of which can be reached at
   * several endpoints.
   */
  public String service() {
    return endpoint == null
            || endpoint.getHost() == null
            || endpoint.getHost().matches("(?i).*\\.amazonaws\\.com(\\.cn)?")
        ? ""
        : origin(endpoint);
  }

  @Override
  public String toString() {
    String place = "region=" + Optional.ofNullable(region).map(Region::id).orElse("unknown");
    return endpoint == null ? place : place + ", endpoint=" + origin(endpoint);
  }

  /** Without user info, path and query, which may contain secrets. */
  private static String origin(URI uri) {
    String port = uri.getPort() < 0 ? "" : ":" + uri.getPort();
    return uri.getScheme() + "://" + uri.getHost() + port;
  }
}
