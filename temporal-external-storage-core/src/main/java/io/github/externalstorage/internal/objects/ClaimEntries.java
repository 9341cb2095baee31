package io.github.externalstorage.internal.objects;

import com.google.common.collect.ImmutableMap;
import io.github.externalstorage.driver.StorageKey;
import io.github.externalstorage.internal.text.Quoted;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Reads and writes the entries of claims, some of which have another name in each SDK. The hash has
 * its entries in snake case, which Go, Python and Java read, and in camel case, which is all that
 * TypeScript's drivers read.
 */
public final class ClaimEntries {

  private static final List<String> HASH_ALGORITHM = List.of("hash_algorithm", "hashAlgorithm");
  private static final List<String> HASH_VALUE = List.of("hash_value", "hashValue");
  private static final String SHA256 = "sha256";

  private ClaimEntries() {}

  /**
   * Reads one value of an unchecked claim.
   *
   * @param meaning what to call the value in messages
   * @param names the names of its entry, at least one of which must be there
   * @throws IllegalArgumentException if the value is missing or empty, or the entries contradict
   *     each other
   */
  public static String read(Map<String, String> claimData, String meaning, List<String> names) {
    List<String> values =
        names.stream().map(claimData::get).filter(Objects::nonNull).distinct().toList();
    if (values.size() > 1) {
      throw new IllegalArgumentException(
          "the claim's entries for its %s contradict each other: %s"
              .formatted(meaning, String.join(", ", names)));
    }
    if (values.isEmpty() || values.get(0).isEmpty()) {
      throw new IllegalArgumentException("the claim has no " + meaning);
    }
    return values.get(0);
  }

  /**
   * Checks the hash of an unchecked claim.
   *
   * @throws IllegalArgumentException if it is not the SHA-256 that ends the key
   */
  public static void requireHash(Map<String, String> claimData, StorageKey key) {
    String algorithm = read(claimData, "hash algorithm", HASH_ALGORITHM);
    if (!algorithm.equals(SHA256)) {
      throw new IllegalArgumentException(
          "the hash algorithm " + Quoted.of(algorithm) + " is not supported, only 'sha256' is");
    }
    if (!read(claimData, "hash value", HASH_VALUE).equals(key.getSha256())) {
      throw new IllegalArgumentException("the object key does not end in the claim's hash value");
    }
  }

  /**
   * The entries of a hash.
   *
   * @param standardOnly whether to leave out those in camel case
   */
  public static Map<String, String> hash(String sha256, boolean standardOnly) {
    int count = standardOnly ? 1 : HASH_VALUE.size();
    ImmutableMap.Builder<String, String> entries = ImmutableMap.builder();
    HASH_ALGORITHM.subList(0, count).forEach(name -> entries.put(name, SHA256));
    HASH_VALUE.subList(0, count).forEach(name -> entries.put(name, sha256));
    return entries.buildOrThrow();
  }
}
