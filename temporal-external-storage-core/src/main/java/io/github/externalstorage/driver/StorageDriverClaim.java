package io.github.externalstorage.driver;

import java.util.Map;

/**
 * What a driver needs to find a stored payload again. It is written into the workflow's history in
 * clear text, so it must not hold a secret, and it comes back from there untrusted.
 *
 * @param claimData the driver's own entries, at most {@value #MAX_ENTRIES}; immutable
 */
public record StorageDriverClaim(Map<String, String> claimData) {

  /** The most entries that a claim may have; no SDK's driver writes more than a handful. */
  public static final int MAX_ENTRIES = 100;

  /**
   * @throws IllegalArgumentException if there are more than {@value #MAX_ENTRIES} entries
   */
  public StorageDriverClaim {
    if (claimData.size() > MAX_ENTRIES) {
      throw new IllegalArgumentException(
          "A claim may have at most " + MAX_ENTRIES + " entries, not " + claimData.size());
    }
    claimData = Map.copyOf(claimData);
  }
}
