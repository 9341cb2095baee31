package io.github.externalstorage.interop;

import static com.google.common.collect.ImmutableMap.toImmutableMap;

import com.google.common.collect.ImmutableList;
import java.util.Map;

/** How an SDK's S3 driver writes the hash of the object into a claim. */
enum HashEntries {
  /** As Go, Python, and this library with {@code setStandardClaimsOnly} do. */
  STANDARD(ImmutableList.of("hash_algorithm"), ImmutableList.of("hash_value")),

  /** As TypeScript's driver does. */
  CAMEL_CASE(ImmutableList.of("hashAlgorithm"), ImmutableList.of("hashValue")),

  /** As this library does. */
  BOTH(
      ImmutableList.of("hash_algorithm", "hashAlgorithm"),
      ImmutableList.of("hash_value", "hashValue"));

  private final ImmutableList<String> algorithm;
  private final ImmutableList<String> value;

  HashEntries(ImmutableList<String> algorithm, ImmutableList<String> value) {
    this.algorithm = algorithm;
    this.value = value;
  }

  /** The entries of a claim for this hash. */
  Map<String, String> of(String sha256) {
    return ImmutableList.<Map.Entry<String, String>>builder()
        .addAll(algorithm.stream().map(name -> Map.entry(name, "sha256")).toList())
        .addAll(value.stream().map(name -> Map.entry(name, sha256)).toList())
        .build()
        .stream()
        .collect(toImmutableMap(Map.Entry::getKey, Map.Entry::getValue));
  }
}
