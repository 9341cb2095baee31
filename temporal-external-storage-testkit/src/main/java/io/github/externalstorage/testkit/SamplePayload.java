package io.github.externalstorage.testkit;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnknownFieldSet;
import io.temporal.api.common.v1.Payload;
import io.temporal.api.common.v1.Payload.ExternalPayloadDetails;

/** Payloads by shape. */
enum SamplePayload {
  EMPTY(Payload.getDefaultInstance()),

  DATA_ONLY(Payload.newBuilder().setData(ByteString.copyFromUtf8("{}")).build()),

  METADATA_ONLY(
      Payload.newBuilder()
          .putMetadata("encoding", ByteString.copyFromUtf8("binary/null"))
          .putMetadata("empty", ByteString.EMPTY)
          .build()),

  METADATA_NOT_ASCII(
      Payload.newBuilder()
          .putMetadata("größe-\uD83D\uDCE6", ByteString.copyFromUtf8("päckchen \uD83D\uDCE6"))
          .putMetadata("binary", ByteString.copyFrom(new byte[] {0, -1, 13, 10, -128}))
          .build()),

  METADATA_LARGE(
      Payload.newBuilder()
          .putMetadata("large", ByteString.copyFrom(new byte[10_000]))
          .setData(ByteString.copyFrom(new byte[] {0}))
          .build()),

  EXTERNAL_PAYLOADS(
      Payload.newBuilder()
          .addExternalPayloads(ExternalPayloadDetails.newBuilder().setSizeBytes(Long.MAX_VALUE))
          .build()),

  /** Contains a field of a newer version of the API. */
  UNKNOWN_FIELD(
      Payload.newBuilder()
          .setUnknownFields(
              UnknownFieldSet.newBuilder()
                  .addField(1000, UnknownFieldSet.Field.newBuilder().addVarint(1).build())
                  .build())
          .build());

  private final Payload payload;

  SamplePayload(Payload payload) {
    this.payload = payload;
  }

  Payload payload() {
    return payload;
  }
}
