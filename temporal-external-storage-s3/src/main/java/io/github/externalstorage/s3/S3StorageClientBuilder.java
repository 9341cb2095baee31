package io.github.externalstorage.s3;

import static com.google.common.base.Preconditions.checkArgument;

import io.github.externalstorage.s3.internal.requests.AwsSdk;
import io.github.externalstorage.s3.internal.requests.RequestGuards;
import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.http.nio.netty.NettyNioAsyncHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.S3AsyncClientBuilder;

/**
 * Builds an {@link S3AsyncClient} that is configured for storing payloads: on Netty, with a short
 * connect timeout, one round trip per request, no retries, and no checksums besides those of {@link
 * S3StorageDriver}. Not thread-safe; the client is thread-safe. The caller owns the client and
 * closes it.
 *
 * <p>By default, the client connects to Amazon S3 and finds region and credentials as the AWS SDK
 * does. For an S3-compatible server, set the endpoint:
 *
 * <pre>{@code
 * S3AsyncClient s3 =
 *     S3StorageClientBuilder.newBuilder().setEndpoint(URI.create("http://localhost:9000")).build();
 * }</pre>
 */
public final class S3StorageClientBuilder {

  private static final Region REGION_OF_COMPATIBLE_SERVERS = Region.US_EAST_1;

  private @Nullable URI endpoint;
  private @Nullable Boolean pathStyle;
  private @Nullable Region region;
  private @Nullable AwsCredentialsProvider credentialsProvider;
  private int maxConcurrency = 64;
  private Duration connectTimeout = Duration.ofSeconds(2);
  private Duration idleTimeout = Duration.ofSeconds(30);
  private Duration requestTimeout = Duration.ofMinutes(5);

  private S3StorageClientBuilder() {}

  /** Returns a builder with the defaults. */
  public static S3StorageClientBuilder newBuilder() {
    return new S3StorageClientBuilder();
  }

  /**
   * Sets the server's address, such as {@code http://localhost:9000}. The scheme must be {@code
   * http} or {@code https}, and a host is required. Default: Amazon S3 in the region.
   *
   * @throws IllegalArgumentException if the scheme is not {@code http} or {@code https}, or there
   *     is no host
   */
  public S3StorageClientBuilder setEndpoint(@Nullable URI uri) {
    if (uri != null && !isHttp(uri)) {
      throw new IllegalArgumentException(
          "endpoint must be a URI such as http://localhost:9000, with the scheme http or https: "
              + uri);
    }
    endpoint = uri;
    return this;
  }

  /**
   * Sets whether the bucket is part of the URL's path instead of its host name. Default: true with
   * an endpoint that is not Amazon's, since most S3-compatible servers have no host names for
   * buckets; otherwise false.
   */
  public S3StorageClientBuilder setPathStyle(boolean enabled) {
    pathStyle = enabled;
    return this;
  }

  /**
   * Sets the bucket's region. Default: the region that the AWS SDK finds ({@code AWS_REGION}, the
   * profile, the instance). With an endpoint that is not Amazon's, the default is {@code
   * us-east-1}, which most S3-compatible servers accept.
   */
  public S3StorageClientBuilder setRegion(@Nullable Region bucketRegion) {
    region = bucketRegion;
    return this;
  }

  /**
   * Sets the provider of the credentials. Default: the default credentials provider of the AWS SDK,
   * which looks in the environment, the profile, the container and the instance.
   */
  public S3StorageClientBuilder setCredentialsProvider(@Nullable AwsCredentialsProvider provider) {
    credentialsProvider = provider;
    return this;
  }

  /**
   * Sets the maximum number of connections; further requests wait for a free one. At least 1.
   * Default: 64, which exceeds the 50 concurrent operations that an {@link
   * io.github.externalstorage.ExternalStorage} allows by default.
   *
   * @throws IllegalArgumentException if less than 1
   */
  public S3StorageClientBuilder setMaxConcurrency(int connections) {
    checkArgument(connections >= 1, "maxConcurrency must be at least 1, not %s", connections);
    maxConcurrency = connections;
    return this;
  }

  /**
   * Sets the timeout for connecting, including the TLS handshake. Positive. Default: 2 s.
   *
   * @throws IllegalArgumentException if not positive
   */
  public S3StorageClientBuilder setConnectTimeout(Duration timeout) {
    connectTimeout = requirePositive("connectTimeout", timeout);
    return this;
  }

  /**
   * Sets how long a connection may be idle during a request: no byte of the response arrives, or no
   * part of the request body is sent. Positive. Default: 30 s, as in the AWS SDK. The driver aborts
   * stalled requests earlier, see {@link S3StorageDriver.Builder#setStallTimeout}.
   *
   * @throws IllegalArgumentException if not positive
   */
  public S3StorageClientBuilder setIdleTimeout(Duration timeout) {
    idleTimeout = requirePositive("idleTimeout", timeout);
    return this;
  }

  /**
   * Sets the timeout for a whole request, including the time that it waits for a connection. It
   * applies even if the request makes steady progress. Positive. Default: 5 minutes, enough for 50
   * MiB at 1.4 Mbit/s.
   *
   * @throws IllegalArgumentException if not positive
   */
  public S3StorageClientBuilder setRequestTimeout(Duration timeout) {
    requestTimeout = requirePositive("requestTimeout", timeout);
    return this;
  }

  /**
   * Builds the client.
   *
   * @throws software.amazon.awssdk.core.exception.SdkClientException if no region is set and none
   *     can be found
   * @throws IllegalStateException if the AWS SDK on the class path is older than 2.30
   */
  public S3AsyncClient build() {
    AwsSdk.requireSupported();
    S3AsyncClientBuilder client =
        S3AsyncClient.builder()
            .endpointOverride(endpoint)
            .region(region == null && isCompatibleServer() ? REGION_OF_COMPATIBLE_SERVERS : region)
            .credentialsProvider(credentialsProvider)
            .forcePathStyle(pathStyle == null ? isCompatibleServer() : pathStyle)
            .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
            .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
            .overrideConfiguration(
                it ->
                    it.retryStrategy(AwsRetryStrategy.doNotRetry())
                        .apiCallTimeout(requestTimeout)
                        .addExecutionInterceptor(new RequestGuards()))
            .httpClientBuilder(
                NettyNioAsyncHttpClient.builder()
                    .maxConcurrency(maxConcurrency)
                    .connectionTimeout(connectTimeout)
                    .tlsNegotiationTimeout(connectTimeout)
                    .readTimeout(idleTimeout)
                    .writeTimeout(idleTimeout)
                    .tcpKeepAlive(true));
    return client.build();
  }

  private boolean isCompatibleServer() {
    return endpoint != null
        && !endpoint.getHost().endsWith(".amazonaws.com")
        && !endpoint.getHost().endsWith(".amazonaws.com.cn");
  }

  private static boolean isHttp(URI uri) {
    return uri.getHost() != null
        && ("http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme()));
  }

  private static Duration requirePositive(String name, Duration value) {
    checkArgument(value.compareTo(Duration.ZERO) > 0, "%s must be positive, not %s", name, value);
    return value;
  }
}
