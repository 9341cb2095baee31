package io.github.externalstorage.s3;

import com.google.common.collect.ImmutableSet;
import io.github.externalstorage.driver.StorageDriverClaim;
import java.util.HashMap;
import java.util.Map;

/** The ways in which SDKs, or mixtures of them, may write the hash into a claim. */
public enum ClaimSpelling {
  BOTH("hash_algorithm", "hash_value", "hashAlgorithm", "hashValue"),
  STANDARD("hash_algorithm", "hash_value"),
  CAMEL_CASE("hashAlgorithm", "hashValue"),
  SNAKE_CASE_ALGORITHM("hash_algorithm", "hashValue"),
  CAMEL_CASE_ALGORITHM("hashAlgorithm", "hash_value"),
  TWO_VALUES("hash_algorithm", "hash_value", "hashValue"),
  TWO_ALGORITHMS("hash_algorithm", "hashAlgorithm", "hashValue");

  private final ImmutableSet<String> entries;

  ClaimSpelling(String... entries) {
    this.entries = ImmutableSet.copyOf(entries);
  }

  /** Spells a claim that has all entries. */
  public StorageDriverClaim spell(StorageDriverClaim claim) {
    Map<String, String> data = new HashMap<>(claim.getClaimData());
    data.keySet().removeIf(entry -> entry.startsWith("hash") && !entries.contains(entry));
    return new StorageDriverClaim(data);
  }
}
