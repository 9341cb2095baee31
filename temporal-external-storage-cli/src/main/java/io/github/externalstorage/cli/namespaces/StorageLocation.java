package io.github.externalstorage.cli.namespaces;

import io.github.externalstorage.cli.config.Section;
import io.github.externalstorage.cli.config.Values;
import io.github.externalstorage.driver.FileStorageDriver;
import io.github.externalstorage.driver.StorageDriver;
import io.github.externalstorage.gcs.GcsStorageDriver;
import io.github.externalstorage.s3.S3StorageDriver;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;
import software.amazon.awssdk.services.s3.S3AsyncClient;

/**
 * Where the payloads of a namespace are, or those of all namespaces that a template is for.
 *
 * @param buckets the one to store in, then those that are only read; empty for files
 * @param drivers creates a driver for these buckets
 */
record StorageLocation(
    List<BucketTemplate> buckets,
    String driverName,
    Function<List<String>, StorageDriver> drivers) {

  private static final String S3 = "s3";
  private static final String GCS = "gcs";
  private static final String FILE = "file";

  /** The S3 settings that a namespace may also have directly. */
  private static final Set<String> S3_SETTINGS =
      Set.of("bucket", "readOnlyBuckets", "region", "endpoint", "pathStyle");

  /**
   * Reads a namespace's settings; empty if something is wrong, which is a problem of the file.
   *
   * @param namespace inherits from the storage of all namespaces when this returns
   */
  static Optional<StorageLocation> read(
      Section namespace, Section storage, StorageClients clients) {
    Set<String> kinds = kinds(namespace).isEmpty() ? kinds(storage) : kinds(namespace);
    Section s3 = namespace.section(S3, S3_SETTINGS).inherit(storage.section(S3, S3_SETTINGS));
    Section gcs = namespace.section(GCS).inherit(storage.section(GCS));
    Section file = namespace.section(FILE).inherit(storage.section(FILE));
    namespace.inherit(storage);
    Optional<String> name = namespace.text("driverName");
    int maxPayloadSize =
        namespace
            .get("maxPayloadSize", Values.arraySize(1))
            .orElse(S3StorageDriver.DEFAULT_MAX_PAYLOAD_SIZE);
    if (kinds.size() > 1) {
      namespace.addProblem(
          kinds.iterator().next(),
          "is one of several storages (%s), and a namespace has one"
              .formatted(String.join(", ", kinds)));
      return Optional.empty();
    }
    return switch (kinds.isEmpty() ? S3 : kinds.iterator().next()) {
      case GCS -> gcs(gcs, clients, name.orElse(GcsStorageDriver.TYPE), maxPayloadSize);
      case FILE -> file(file, name.orElse(FileStorageDriver.TYPE), maxPayloadSize);
      default -> s3(s3, clients, name.orElse(S3StorageDriver.TYPE), maxPayloadSize);
    };
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

  private static Set<String> kinds(Section section) {
    Set<String> kinds = new TreeSet<>(section.names());
    if (!Collections.disjoint(kinds, S3_SETTINGS)) {
      kinds.add(S3);
    }
    kinds.retainAll(Set.of(S3, GCS, FILE));
    return kinds;
  }

  private static Optional<StorageLocation> s3(
      Section section, StorageClients clients, String name, int maxPayloadSize) {
    List<BucketTemplate> buckets = buckets(section, BucketTemplate::s3);
    Optional<S3AsyncClient> client = clients.s3(section);
    if (buckets.isEmpty() || client.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new StorageLocation(
            buckets,
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

  private static Optional<StorageLocation> gcs(
      Section section, StorageClients clients, String name, int maxPayloadSize) {
    List<BucketTemplate> buckets = buckets(section, BucketTemplate::gcs);
    Optional<URI> endpoint = section.get("endpoint", StorageLocation::gcsEndpoint);
    if (buckets.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new StorageLocation(
            buckets,
            name,
            names ->
                clients
                    .gcs(endpoint)
                    .setBucket(names.get(0))
                    .setReadOnlyBuckets(names)
                    .setName(name)
                    .setMaxPayloadSize(maxPayloadSize)
                    .build()));
  }

  private static URI gcsEndpoint(String text) {
    URI endpoint = Values.httpUrl(text);
    GcsStorageDriver.Builder unused = GcsStorageDriver.newBuilder().setEndpoint(endpoint);
    return endpoint;
  }

  private static Optional<StorageLocation> file(Section section, String name, int maxPayloadSize) {
    Optional<Path> directory =
        section.require(
            "directory",
            "the directory that its workers store large payloads in",
            section.file()::resolve);
    if (directory.isPresent() && !Files.isDirectory(directory.get())) {
      section
          .file()
          .warn("The directory of stored payloads does not exist here: " + directory.get());
    }
    return directory.map(
        path ->
            new StorageLocation(
                List.of(),
                name,
                none ->
                    FileStorageDriver.newBuilder()
                        .setDirectory(path)
                        .setName(name)
                        .setMaxPayloadSize(maxPayloadSize)
                        .build()));
  }

  /** The bucket to store in, then those that are only read; empty if the first one is missing. */
  private static List<BucketTemplate> buckets(
      Section section, Function<String, BucketTemplate> parser) {
    Optional<BucketTemplate> bucket =
        section.require("bucket", "the bucket that its workers store large payloads in", parser);
    List<BucketTemplate> readOnly = section.list("readOnlyBuckets", parser);
    if (bucket.isEmpty()) {
      return List.of();
    }
    List<BucketTemplate> buckets = new ArrayList<>(List.of(bucket.get()));
    buckets.addAll(readOnly);
    return buckets;
  }
}
