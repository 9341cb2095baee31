package io.github.externalstorage.fuzz;

import com.google.protobuf.ByteString;
import io.github.externalstorage.GzipPayloadCodec;
import io.github.externalstorage.driver.StorageDriverClaim;
import io.github.externalstorage.reference.StorageReference;
import io.temporal.api.common.v1.Payload;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Valid input to start with. */
final class Seeds {

  static final GzipPayloadCodec GZIP =
      GzipPayloadCodec.newBuilder().setMaxDecompressedSize(1 << 22).build();

  private static final String HASH = "0123456789abcdef".repeat(4);
  private static final String CLAIM =
      "\"bucket\": \"payloads\", \"key\": \"v0/ns/n/wt/T/wi/i/ri/r/d/sha256/%s\", \"%s\": \"sha256\", \"%s\": \"%s\"";

  private Seeds() {}

  static Payload json(String data) {
    return payload(Map.of("encoding", "json/plain"), data);
  }

  /** A reference in one of its spellings. */
  static Payload reference(Random random) {
    return switch (random.nextInt(4)) {
      case 0 ->
          new StorageReference("aws.s3driver", new StorageDriverClaim(Map.of("key", HASH)), 1)
              .toPayload();
      case 1 ->
          payload(
              Map.of("encoding", "json/external-storage-reference"),
              "{\"driver_name\": \"aws.s3driver\", \"driver_claim\": {\"claim_data\": {"
                  + claim("hash_algorithm", "hash_value")
                  + "}}}");
      case 2 -> standard(claim("hashAlgorithm", "hashValue"));
      default -> marked(standard(claim("hash_algorithm", "hash_value")));
    };
  }

  static Payload gzipped(Payload payload) {
    return GZIP.encode(List.of(payload)).get(0);
  }

  private static Payload standard(String claim) {
    return payload(
        Map.of(
            "encoding",
            "json/protobuf",
            "messageType",
            "temporal.api.sdk.v1.ExternalStorageReference"),
        "{\"driverName\": \"aws.s3driver\", \"claimData\": {" + claim + "}}");
  }

  private static Payload marked(Payload reference) {
    return gzipped(reference).toBuilder()
        .putMetadata("__temporal_external_storage_reference", ByteString.copyFromUtf8("true"))
        .build();
  }

  private static String claim(String algorithm, String value) {
    return CLAIM.formatted(HASH, algorithm, value, HASH);
  }

  private static Payload payload(Map<String, String> metadata, String data) {
    Payload.Builder payload = Payload.newBuilder().setData(ByteString.copyFromUtf8(data));
    metadata.forEach((key, value) -> payload.putMetadata(key, ByteString.copyFromUtf8(value)));
    return payload.build();
  }
}
