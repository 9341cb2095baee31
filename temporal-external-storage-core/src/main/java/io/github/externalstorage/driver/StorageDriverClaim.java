package io.github.externalstorage.driver;

import java.util.Map;

/**
 * What a driver needs to find a stored payload again. It is written into the workflow's history in
 * clear text, so it must not hold a secret, and it comes back from there untrusted.
 *
 * <p>Immutable. Claims are equal if their claim data is, whatever a subclass adds: a driver may
 * return a subclass from {@link StorageDriver#parseClaim}.
 */
public class StorageDriverClaim {

  /** The most entries that a claim may have; no SDK's driver writes more than a handful. */
  public static final int MAX_ENTRIES = 100;

  private final Map<String, String> claimData;

  /**
   * A claim of the driver's own entries.
   *
   * @throws IllegalArgumentException if there are more than {@value #MAX_ENTRIES} entries
   */
  public StorageDriverClaim(Map<String, String> claimData) {
    if (claimData.size() > MAX_ENTRIES) {
      throw new IllegalArgumentException(
          "A claim may have at most " + MAX_ENTRIES + " entries, not " + claimData.size());
    }
    this.claimData = Map.copyOf(claimData);
  }

  /** The driver's own entries, immutable. */
  public final Map<String, String> getClaimData() {
    return claimData;
  }

  @Override
  public final boolean equals(Object other) {
    return other instanceof StorageDriverClaim claim && claimData.equals(claim.claimData);
  }

  @Override
  public final int hashCode() {
    return claimData.hashCode();
  }

  @Override
  public final String toString() {
    return "StorageDriverClaim" + claimData;
  }
}
