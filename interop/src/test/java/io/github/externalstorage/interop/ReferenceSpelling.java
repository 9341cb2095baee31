package io.github.externalstorage.interop;

import com.google.gson.Gson;
import com.google.protobuf.ByteString;
import io.github.externalstorage.GzipPayloadCodec;
import io.github.externalstorage.driver.StorageDriverClaim;
import io.github.externalstorage.reference.StorageReference;
import io.temporal.api.common.v1.Payload;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Formats of references that other SDKs and releases write. */
enum ReferenceSpelling {

  /** Of the Python SDK's first releases. */
  LEGACY {
    @Override
    Payload write(StorageReference reference) {
      Map<String, Object> json =
          Map.of(
              "driver_name",
              reference.driverName(),
              "driver_claim",
              Map.of("claim_data", reference.claim().getClaimData()));
      return Payload.newBuilder()
          .putMetadata("encoding", ByteString.copyFromUtf8("json/external-storage-reference"))
          .setData(ByteString.copyFromUtf8(new Gson().toJson(json)))
          .build();
    }
  },

  /** Encoded by the payload codec after it was stored. */
  MARKED {
    @Override
    Payload write(StorageReference reference) {
      Payload standard = reference.toPayload();
      return new GzipPayloadCodec()
          .encode(List.of(standard)).get(0).toBuilder()
              .putMetadata("__temporal_external_storage_reference", ByteString.copyFromUtf8("true"))
              .addAllExternalPayloads(standard.getExternalPayloadsList())
              .build();
    }
  },

  /** Of the drivers of Go and Python. */
  STANDARD_ENTRIES {
    @Override
    Payload write(StorageReference reference) {
      return without(reference, "hashAlgorithm", "hashValue");
    }
  },

  /** Of the TypeScript SDK's first S3 driver. */
  CAMEL_CASE_ENTRIES {
    @Override
    Payload write(StorageReference reference) {
      return without(reference, "hash_algorithm", "hash_value");
    }
  };

  abstract Payload write(StorageReference reference);

  private static Payload without(StorageReference reference, String... entries) {
    Map<String, String> claim = new HashMap<>(reference.claim().getClaimData());
    claim.keySet().removeAll(List.of(entries));
    return new StorageReference(
            reference.driverName(), new StorageDriverClaim(claim), reference.sizeBytes())
        .toPayload();
  }
}
