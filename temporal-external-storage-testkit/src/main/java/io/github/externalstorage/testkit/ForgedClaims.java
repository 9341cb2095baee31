package io.github.externalstorage.testkit;

import com.google.common.collect.Maps;
import io.github.externalstorage.driver.StorageDriverClaim;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** Forged claims, as someone could write them into a history. */
final class ForgedClaims {

  private static final List<UnaryOperator<String>> ALTERATIONS =
      List.of(
          value -> "",
          value -> " " + value,
          value -> value + "0",
          value -> value.substring(0, value.length() / 2),
          value -> "../" + value,
          value -> value + "/../../x",
          value -> value + "\r\n\u0000\uD83D\uDCE6",
          value -> "x".repeat(10_000));

  private ForgedClaims() {}

  /** Claims without any data that a driver could recognize. */
  static Stream<StorageDriverClaim> malformed(StorageDriverClaim claim) {
    return Stream.of(
            Map.<String, String>of(),
            Map.of("", ""),
            Map.of("unknown", "entry"),
            Maps.transformValues(claim.getClaimData(), value -> ""))
        .map(StorageDriverClaim::new);
  }

  /** The claim with one entry altered or missing. */
  static Stream<StorageDriverClaim> altered(StorageDriverClaim claim) {
    return claim.getClaimData().keySet().stream()
        .flatMap(
            key ->
                Stream.concat(
                    Stream.of(without(claim, key)),
                    ALTERATIONS.stream().map(alteration -> with(claim, key, alteration))));
  }

  private static StorageDriverClaim without(StorageDriverClaim claim, String key) {
    return new StorageDriverClaim(
        Maps.filterKeys(claim.getClaimData(), other -> !other.equals(key)));
  }

  private static StorageDriverClaim with(
      StorageDriverClaim claim, String key, UnaryOperator<String> alteration) {
    Map<String, String> data = new HashMap<>(claim.getClaimData());
    data.computeIfPresent(key, (k, value) -> alteration.apply(value));
    return new StorageDriverClaim(data);
  }
}
