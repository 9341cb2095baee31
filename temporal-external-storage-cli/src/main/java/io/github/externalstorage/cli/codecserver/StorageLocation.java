package io.github.externalstorage.cli.codecserver;

import io.github.externalstorage.cli.config.Section;
import io.github.externalstorage.cli.config.Values;
import io.github.externalstorage.driver.StorageDriver;
import io.github.externalstorage.s3.S3StorageDriver;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import software.amazon.awssdk.services.s3.S3AsyncClient;

/**
 * Where the payloads of a namespace are, or those of all namespaces that a template is for.
 *
 * @param buckets the one to store in, then those that are only read; empty for other storages
 * @param drivers creates a driver for these buckets
 */
record StorageLocation(
    List<BucketTemplate> buckets,
    String driverName,
    Function<List<String>, StorageDriver> drivers) {

  private static final String S3 = "s3";

  /** The settings of S3 that may stand in a namespace directly. */
  private static final Set<String> S3_SETTINGS =
      Set.of("bucket", "readOnlyBuckets", "region", "endpoint", "pathStyle");

  /**
   * Reads a namespace's settings; empty if something is wrong, which is a problem of the file.
   *
   * @param namespace inherits from the storage of all namespaces when this returns
   */
  static Optional<StorageLocation> read(Section namespace, Section storage, S3Clients clients) {
    Section s3 = namespace.section(S3, S3_SETTINGS).inherit(storage.section(S3, S3_SETTINGS));
    namespace.inherit(storage);
    return s3(s3, namespace, clients);
  }

  /** The names of the buckets for a namespace; empty if one is not valid. */
  Optional<List<String>> bucketsOf(String namespace) {
    List<String> names =
        buckets.stream().flatMap(template -> template.resolve(namespace).stream()).toList();
    return names.size() == buckets.size() ? Optional.of(names) : Optional.empty();
  }

  /** Those of them whose names contain the namespace. */
  Stream<String> bucketsNamedAfter(String namespace) {
    return buckets.stream()
        .filter(BucketTemplate::isTemplate)
        .flatMap(template -> template.resolve(namespace).stream());
  }

  private static Optional<StorageLocation> s3(
      Section section, Section namespace, S3Clients clients) {
    Optional<List<BucketTemplate>> buckets = buckets(section);
    Optional<S3AsyncClient> client = clients.get(section);
    String name = namespace.text("driverName").orElse(S3StorageDriver.TYPE);
    int maxPayloadSize =
        namespace
            .get("maxPayloadSize", Values.arraySize(1))
            .orElse(S3StorageDriver.DEFAULT_MAX_PAYLOAD_SIZE);
    if (buckets.isEmpty() || client.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new StorageLocation(
            buckets.get(),
            name,
            names ->
                S3StorageDriver.newBuilder()
                    .setClient(client.get())
                    .setBucket(names.get(0))
                    .setReadOnlyBuckets(names)
                    .setName(name)
                    .setMaxPayloadSize(maxPayloadSize)
                    .build()));
  }

  private static Optional<List<BucketTemplate>> buckets(Section section) {
    List<BucketTemplate> readOnly = section.list("readOnlyBuckets", BucketTemplate::parse);
    return section
        .require(
            "bucket", "the bucket that its workers store large payloads in", BucketTemplate::parse)
        .map(
            bucket -> {
              List<BucketTemplate> buckets = new ArrayList<>(List.of(bucket));
              buckets.addAll(readOnly);
              return buckets;
            });
  }
}
