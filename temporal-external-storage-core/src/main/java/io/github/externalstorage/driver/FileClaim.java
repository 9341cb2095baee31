package io.github.externalstorage.driver;

import io.github.externalstorage.driver.StorageException.Reason;
import io.github.externalstorage.internal.text.Quoted;
import java.util.Map;

/** A validated claim of a {@link FileStorageDriver}. Immutable. */
final class FileClaim extends StorageDriverClaim {

  private static final String KEY = "key";
  private static final String HASH_ALGORITHM = "hash_algorithm";
  private static final String HASH_VALUE = "hash_value";
  private static final String SHA256 = "sha256";

  private final StorageKey key;

  private FileClaim(Map<String, String> claimData, StorageKey key) {
    super(claimData);
    this.key = key;
  }

  static FileClaim of(StorageKey key) {
    return new FileClaim(
        Map.of(KEY, key.getValue(), HASH_ALGORITHM, SHA256, HASH_VALUE, key.getSha256()), key);
  }

  /**
   * @throws StorageException if the claim is malformed
   */
  static FileClaim parse(StorageDriverClaim claim) {
    if (claim instanceof FileClaim parsed) {
      return parsed;
    }
    String key = claim.getClaimData().getOrDefault(KEY, "");
    try {
      StorageKey parsed = FileNames.parse(key);
      requireHash(claim.getClaimData(), parsed);
      return of(parsed);
    } catch (IllegalArgumentException e) {
      throw new StorageException(
          Reason.INVALID_CLAIM,
          "File retrieve rejected [key=%s]: %s".formatted(Quoted.of(key), e.getMessage()));
    }
  }

  private static void requireHash(Map<String, String> claimData, StorageKey key) {
    if (!SHA256.equals(claimData.get(HASH_ALGORITHM))) {
      throw new IllegalArgumentException("the claim's hash algorithm is not 'sha256'");
    }
    if (!key.getSha256().equals(claimData.get(HASH_VALUE))) {
      throw new IllegalArgumentException("the object key does not end in the claim's hash");
    }
  }

  StorageKey key() {
    return key;
  }
}
