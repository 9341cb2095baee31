package io.github.externalstorage.cli.namespaces;

import static java.util.function.Function.identity;
import static java.util.stream.Collectors.toMap;

import io.github.externalstorage.ExternalStorage;
import io.github.externalstorage.cli.config.Section;
import io.github.externalstorage.cli.config.Values;
import io.github.externalstorage.codec.http.NamespaceCodec;
import io.github.externalstorage.driver.StorageDriver;
import io.github.externalstorage.options.StorageListener;
import io.temporal.payload.codec.PayloadCodec;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * The settings of a namespace, or of all namespaces that a template is for.
 *
 * @param codecs creates the codec for a driver
 */
record NamespaceSettings(StorageLocation location, Function<StorageDriver, NamespaceCodec> codecs) {

  /**
   * What all namespaces of a file have in common.
   *
   * @param storage the settings that they inherit
   * @param cacheSize how much of a namespace's payloads is cached, in bytes
   */
  record Shared(
      Section storage,
      StorageClients clients,
      Codecs codecs,
      long cacheSize,
      StorageListener listener) {}

  /** Reads a section; empty if something is wrong, which is a problem of the file. */
  static Optional<NamespaceSettings> read(Section section, Shared shared) {
    Optional<StorageLocation> location =
        StorageLocation.read(section, shared.storage, shared.clients);
    Set<String> formerNames = new HashSet<>(section.list("formerDriverNames", text -> text));
    int threshold =
        section
            .get("payloadSizeThreshold", Values.arraySize(0))
            .orElse(ExternalStorage.DEFAULT_PAYLOAD_SIZE_THRESHOLD);
    PayloadCodec codecs = shared.codecs.read(section, "codecs");
    PayloadCodec postStorageCodecs = shared.codecs.read(section, "postStorageCodecs");
    List<String> mayRead = section.list("mayRead", Values::namespace);
    boolean keysWithoutNamespace = section.isSet("keysWithoutNamespace");
    if (location.isEmpty()) {
      return Optional.empty();
    }
    String driverName = location.get().driverName();
    if (formerNames.contains(driverName)) {
      section.addProblem(
          "formerDriverNames", "has '" + driverName + "', which is the current name");
      return Optional.empty();
    }
    return Optional.of(
        new NamespaceSettings(
            location.get(),
            driver ->
                NamespaceCodec.newBuilder(
                        ExternalStorage.newBuilder()
                            .setDriver(driver)
                            .setFormerDriverNames(
                                formerNames.stream().collect(toMap(identity(), name -> driverName)))
                            .setPayloadSizeThreshold(threshold)
                            .setCacheMaxBytes(shared.cacheSize)
                            .setListener(shared.listener)
                            .build())
                    .setPreStorageCodec(codecs)
                    .setPostStorageCodec(postStorageCodecs)
                    .setReadableNamespaces(mayRead)
                    .setKeysWithoutNamespaceReadable(keysWithoutNamespace)
                    .build()));
  }

  /** The codec of a namespace whose buckets these are. */
  NamespaceCodec codecFor(List<String> buckets) {
    return codecs.apply(location.drivers().apply(buckets));
  }
}
