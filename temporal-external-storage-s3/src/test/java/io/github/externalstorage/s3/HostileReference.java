package io.github.externalstorage.s3;

import com.google.protobuf.ByteString;
import io.temporal.api.common.v1.Payload;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A forged reference that tries to make a worker fetch an object that it must not read.
 *
 * @param name what is wrong with it
 * @param payload the reference
 */
record HostileReference(String name, Payload payload) {

  private static final Map<String, String> CLAIM =
      ClaimSpelling.STANDARD.spell(Samples.claim(Samples.payload("planted"))).getClaimData();
  private static final String HASH = CLAIM.getOrDefault("hash_value", "");

  /** References that must be rejected without any request. */
  static Stream<HostileReference> all() {
    return Stream.of(
            buckets(
                "secrets",
                "",
                " ",
                ".",
                "..",
                "../secrets",
                Samples.BUCKET + "/../secrets",
                Samples.BUCKET + "?list-type=2",
                Samples.BUCKET + ".evil.example/",
                Samples.BUCKET.toUpperCase(Locale.ROOT),
                Samples.BUCKET + "\r\nHost: evil.example",
                "arn:aws:s3:us-east-1:123456789012:accesspoint/secrets",
                "http://evil.example/" + Samples.BUCKET),
            keys(
                "",
                "/",
                "/etc/passwd",
                "file:///etc/passwd",
                "http://evil.example/x",
                "../v0/d/sha256/" + HASH,
                "v0/../secrets/d/sha256/" + HASH,
                "v0/./d/sha256/" + HASH,
                "v0//d/sha256/" + HASH,
                "/v0/d/sha256/" + HASH,
                "V0/d/sha256/" + HASH,
                "v0\\d\\sha256\\" + HASH,
                "v0/d/sha256/" + HASH + "/../../secret",
                "v0/d/sha256/" + HASH + "?versionId=1",
                "v0/d/sha256/" + HASH + "\u0000",
                "v0/d/sha256/" + HASH + "\r\nX-Injected: 1",
                "v0/d/sha256/" + "0".repeat(64),
                "v0/größe/d/sha256/" + HASH,
                "v0/" + "x".repeat(2000) + "/d/sha256/" + HASH,
                "secrets/d/sha256/" + HASH),
            hashes("", "zz", HASH.substring(1), HASH + "0", HASH.toUpperCase(Locale.ROOT)),
            Stream.of(
                claim("huge hash", data -> data.put("hash_value", "0".repeat(1 << 20))),
                claim("missing hash", data -> data.remove("hash_value")),
                claim("missing algorithm", data -> data.remove("hash_algorithm")),
                claim("odd algorithm", data -> data.put("hash_algorithm", "none\n")),
                claim("two hashes", data -> data.put("hashValue", "0".repeat(64))),
                claim("two algorithms", data -> data.put("hashAlgorithm", "none\n")),
                claim("empty claim", Map::clear),
                driver("foreign driver", "gcs.driver"),
                driver("driver with line breaks", "x\r\n2026-01-01 ERROR forged"),
                driver("huge driver", "x".repeat(1 << 20)),
                json(
                    "10,000 entries",
                    "{\"driverName\":\"aws.s3driver\",\"claimData\":{" + many() + "}}"),
                json("no JSON", "confidential"),
                json("deep JSON", "{\"claimData\":" + "[".repeat(100_000))))
        .flatMap(it -> it);
  }

  @Override
  public String toString() {
    return name;
  }

  private static Stream<HostileReference> buckets(String... buckets) {
    return Stream.of(buckets)
        .map(bucket -> claim("bucket " + bucket, data -> data.put("bucket", bucket)));
  }

  private static Stream<HostileReference> keys(String... keys) {
    return Stream.of(keys).map(key -> claim("key " + key, data -> data.put("key", key)));
  }

  private static Stream<HostileReference> hashes(String... hashes) {
    return Stream.of(hashes)
        .map(hash -> claim("hash " + hash, data -> data.put("hash_value", hash)));
  }

  private static HostileReference claim(String name, Consumer<Map<String, String>> change) {
    Map<String, String> data = new HashMap<>(CLAIM);
    change.accept(data);
    return new HostileReference(name, Samples.reference(S3StorageDriver.TYPE, data));
  }

  private static HostileReference driver(String name, String driver) {
    return new HostileReference(name, Samples.reference(driver, CLAIM));
  }

  private static HostileReference json(String name, String json) {
    Payload like = Samples.reference(S3StorageDriver.TYPE, Map.of());
    return new HostileReference(
        name, like.toBuilder().setData(ByteString.copyFromUtf8(json)).build());
  }

  private static String many() {
    return IntStream.range(0, 10_000)
        .mapToObj(i -> "\"k" + i + "\":\"v\"")
        .collect(Collectors.joining(","));
  }
}
