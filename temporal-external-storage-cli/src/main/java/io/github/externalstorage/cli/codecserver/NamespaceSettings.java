package io.github.externalstorage.cli.codecserver;

import io.github.externalstorage.ExternalStorage;
import io.github.externalstorage.cli.config.Section;
import io.github.externalstorage.cli.config.Values;
import io.github.externalstorage.codec.http.NamespaceCodec;
import io.github.externalstorage.options.StorageListener;
import io.github.externalstorage.s3.S3StorageDriver;
import io.temporal.payload.codec.PayloadCodec;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.services.s3.S3AsyncClient;

/** The settings of a namespace, or of all namespaces that a template is for. */
record NamespaceSettings(
    BucketTemplate bucket,
    List<BucketTemplate> readOnlyBuckets,
    S3AsyncClient client,
    String driverName,
    List<String> formerDriverNames,
    int maxPayloadSize,
    int threshold,
    PayloadCodec codecs,
    PayloadCodec postStorageCodecs,
    List<String> mayRead,
    boolean keysWithoutNamespace) {

  /** Reads a section; empty if something is wrong, which is a problem of the file. */
  static Optional<NamespaceSettings> read(Section section, S3Clients clients, Codecs codecs) {
    Optional<BucketTemplate> bucket =
        section.require(
            "bucket", "the bucket that its workers store large payloads in", BucketTemplate::parse);
    List<BucketTemplate> readOnlyBuckets = section.list("readOnlyBuckets", BucketTemplate::parse);
    Optional<S3AsyncClient> client = clients.get(section);
    String driverName = section.text("driverName").orElse(S3StorageDriver.TYPE);
    List<String> formerDriverNames = section.list("formerDriverNames", text -> text);
    int maxPayloadSize =
        section
            .get("maxPayloadSize", Values.arraySize(1))
            .orElse(S3StorageDriver.DEFAULT_MAX_PAYLOAD_SIZE);
    int threshold =
        section
            .get("payloadSizeThreshold", Values.arraySize(0))
            .orElse(ExternalStorage.DEFAULT_PAYLOAD_SIZE_THRESHOLD);
    PayloadCodec pre = codecs.read(section, "codecs");
    PayloadCodec post = codecs.read(section, "postStorageCodecs");
    List<String> mayRead = section.list("mayRead", Values::namespace);
    boolean keysWithoutNamespace = section.isSet("keysWithoutNamespace");
    if (formerDriverNames.contains(driverName)) {
      section.addProblem(
          "formerDriverNames", "has '" + driverName + "', which is the current name");
      return Optional.empty();
    }
    return bucket.flatMap(
        name ->
            client.map(
                s3 ->
                    new NamespaceSettings(
                        name,
                        readOnlyBuckets,
                        s3,
                        driverName,
                        formerDriverNames,
                        maxPayloadSize,
                        threshold,
                        pre,
                        post,
                        mayRead,
                        keysWithoutNamespace)));
  }

  /** The buckets that a namespace's payloads are read from; empty if a name is not valid. */
  Optional<Set<String>> bucketsOf(String namespace) {
    Set<String> buckets = new LinkedHashSet<>();
    for (BucketTemplate template : templates().toList()) {
      Optional<String> name = template.resolve(namespace);
      if (name.isEmpty()) {
        return Optional.empty();
      }
      buckets.add(name.get());
    }
    return Optional.of(buckets);
  }

  /** Those of them whose names contain the namespace. */
  Stream<String> bucketsNamedAfter(String namespace) {
    return templates()
        .filter(BucketTemplate::isTemplate)
        .flatMap(template -> template.resolve(namespace).stream());
  }

  private Stream<BucketTemplate> templates() {
    return Stream.concat(Stream.of(bucket), readOnlyBuckets.stream());
  }

  /**
   * The codec of a namespace.
   *
   * @param cacheSize how much of its payloads is cached, in bytes
   */
  NamespaceCodec codecFor(String namespace, long cacheSize, StorageListener listener) {
    S3StorageDriver driver =
        S3StorageDriver.newBuilder()
            .setClient(client)
            .setBucket(bucket.resolve(namespace).orElseThrow())
            .setReadOnlyBuckets(bucketsOf(namespace).orElseThrow())
            .setName(driverName)
            .setMaxPayloadSize(maxPayloadSize)
            .build();
    ExternalStorage storage =
        ExternalStorage.newBuilder()
            .setDriver(driver)
            .setFormerDriverNames(
                formerDriverNames.stream()
                    .distinct()
                    .collect(Collectors.toMap(Function.identity(), name -> driverName)))
            .setPayloadSizeThreshold(threshold)
            .setCacheMaxBytes(cacheSize)
            .setListener(listener)
            .build();
    return NamespaceCodec.newBuilder(storage)
        .setPreStorageCodec(codecs)
        .setPostStorageCodec(postStorageCodecs)
        .setReadableNamespaces(mayRead)
        .setKeysWithoutNamespaceReadable(keysWithoutNamespace)
        .build();
  }
}
