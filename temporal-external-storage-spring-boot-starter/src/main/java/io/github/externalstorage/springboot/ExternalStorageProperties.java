package io.github.externalstorage.springboot;

import io.github.externalstorage.options.StartupCheck;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * The properties {@code temporal.external-storage.*}. One of {@code s3.bucket}, {@code gcs.bucket}
 * and {@code file.directory} is all that is needed.
 *
 * @param enabled Whether large payloads are stored and references are read. If false, the starter
 *     adds no beans.
 * @param storeEnabled Whether large payloads are stored. If false, references are still read.
 * @param threshold Size from which on an encoded payload is stored. 0 stores everything. The
 *     default is 256KB.
 * @param cacheSize Maximum size of the cache of stored and retrieved payloads. 0 turns it off. The
 *     default is an eighth of the heap, at most 64MB.
 * @param readableNamespaces Temporal namespaces whose payloads may be retrieved; empty means all.
 *     The default is all.
 * @param gzip Whether payloads are compressed with gzip before they are stored. Applies only if the
 *     application has no DataConverter bean.
 * @param startupCheck What happens at start if payloads can't be stored and retrieved: off, warn
 *     (which logs an error) or fail. The check stores and retrieves a payload of less than 100
 *     bytes.
 * @param s3 A bucket of Amazon S3, or of a server with the same protocol.
 * @param gcs A bucket of Google Cloud Storage.
 * @param file A directory, for one machine or a shared volume.
 */
@ConfigurationProperties("temporal.external-storage")
public record ExternalStorageProperties(
    @DefaultValue("true") boolean enabled,
    @DefaultValue("true") boolean storeEnabled,
    @Nullable DataSize threshold,
    @Nullable DataSize cacheSize,
    @Nullable List<String> readableNamespaces,
    @DefaultValue("false") boolean gzip,
    @DefaultValue("warn") StartupCheck startupCheck,
    @DefaultValue S3 s3,
    @DefaultValue Gcs gcs,
    @DefaultValue File file) {

  /**
   * A bucket of Amazon S3, or of a server with the same protocol.
   *
   * @param bucket Bucket that payloads are stored in.
   * @param region Region of the bucket. The default is the one that the AWS SDK finds. Ignored if
   *     the application has an S3AsyncClient bean.
   * @param endpoint Endpoint of an S3-compatible server, such as http://localhost:9000. Ignored if
   *     the application has an S3AsyncClient bean.
   * @param pathStyle Whether the bucket is part of the path instead of the host name. The default
   *     is true with an endpoint that is not Amazon's. Ignored if the application has an
   *     S3AsyncClient bean.
   */
  public record S3(
      @Nullable String bucket,
      @Nullable String region,
      @Nullable URI endpoint,
      @Nullable Boolean pathStyle) {}

  /**
   * A bucket of Google Cloud Storage.
   *
   * @param bucket Bucket that payloads are stored in.
   * @param endpoint Endpoint of an emulator. The default is Google's.
   */
  public record Gcs(@Nullable String bucket, @Nullable URI endpoint) {}

  /**
   * A directory, for one machine or a shared volume.
   *
   * @param directory Directory that payloads are stored in. It must exist.
   */
  public record File(@Nullable Path directory) {}
}
