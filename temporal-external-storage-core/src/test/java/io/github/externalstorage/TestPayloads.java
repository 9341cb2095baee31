package io.github.externalstorage;

import com.google.protobuf.ByteString;
import io.github.externalstorage.driver.StorageDriverClaim;
import io.github.externalstorage.reference.StorageReference;
import io.temporal.api.common.v1.Payload;
import io.temporal.payload.codec.PayloadCodec;
import java.util.List;

/** Payloads for tests. */
public final class TestPayloads {

  private TestPayloads() {}

  public static Payload json(String data) {
    return Payload.newBuilder()
        .putMetadata("encoding", ByteString.copyFromUtf8("json/plain"))
        .setData(ByteString.copyFromUtf8(data))
        .build();
  }

  /** A payload of exactly this serialized size. */
  public static Payload ofSize(int serializedSize) {
    Payload.Builder payload =
        Payload.newBuilder().putMetadata("encoding", ByteString.copyFromUtf8("binary/plain"));
    payload.setData(ByteString.copyFrom(new byte[serializedSize]));
    int overhead = payload.build().getSerializedSize() - serializedSize;
    Payload result =
        payload.setData(ByteString.copyFrom(new byte[serializedSize - overhead])).build();
    if (result.getSerializedSize() != serializedSize) {
      throw new IllegalArgumentException("No payload is serialized to " + serializedSize);
    }
    return result;
  }

  /** A reference as every SDK writes it. */
  public static Payload reference(String driverName, StorageDriverClaim claim) {
    return new StorageReference(driverName, claim, 1).toPayload();
  }

  /** A payload that a codec encoded after storage, as later releases of the SDKs will. */
  public static Payload marked(Payload reference, PayloadCodec codec) {
    Payload bare = reference.toBuilder().clearExternalPayloads().build();
    return codec.encode(List.of(bare)).get(0).toBuilder()
        .putMetadata("__temporal_external_storage_reference", ByteString.copyFromUtf8("true"))
        .addAllExternalPayloads(reference.getExternalPayloadsList())
        .build();
  }
}
