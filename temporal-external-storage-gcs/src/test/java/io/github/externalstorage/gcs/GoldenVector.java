package io.github.externalstorage.gcs;

import com.google.protobuf.ByteString;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import io.github.externalstorage.driver.StorageDriverClaim;
import io.github.externalstorage.driver.StorageDriverStoreContext;
import io.github.externalstorage.driver.StorageDriverTargetInfo;
import io.github.externalstorage.fixtures.GoldenJson;
import io.temporal.api.common.v1.Payload;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A payload, with the object that other SDKs created for it, and their claims.
 *
 * @param claims the claims by SDK
 */
record GoldenVector(
    String name,
    Optional<StorageDriverTargetInfo> target,
    Payload payload,
    String key,
    ByteString body,
    Map<String, StorageDriverClaim> claims) {

  static Stream<GoldenVector> all() {
    return GoldenJson.load("gcs-vectors.json")
        .getFieldsOrThrow("cases")
        .getListValue()
        .getValuesList()
        .stream()
        .map(Value::getStructValue)
        .map(GoldenVector::of);
  }

  private static GoldenVector of(Struct json) {
    Map<String, StorageDriverClaim> claims = new TreeMap<>();
    GoldenJson.object(json, "claims")
        .getFieldsMap()
        .forEach((sdk, claim) -> claims.put(sdk, claim(claim.getStructValue())));
    return new GoldenVector(
        GoldenJson.string(json, "case"),
        GoldenJson.target(json.getFieldsOrThrow("target")),
        GoldenJson.payload(GoldenJson.object(json, "payload")),
        GoldenJson.string(json, "key"),
        GoldenJson.bytes(json, "body_base64"),
        claims);
  }

  private static StorageDriverClaim claim(Struct json) {
    return new StorageDriverClaim(
        json.getFieldsMap().entrySet().stream()
            .collect(Collectors.toMap(Map.Entry::getKey, it -> it.getValue().getStringValue())));
  }

  StorageDriverStoreContext context() {
    return StorageDriverStoreContext.of(target.orElse(null));
  }

  @Override
  public String toString() {
    return name;
  }
}
