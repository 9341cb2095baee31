package io.github.externalstorage.interop;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableMap;
import com.google.common.hash.Hashing;
import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;
import io.temporal.api.common.v1.Payload;
import io.temporal.api.common.v1.Payload.ExternalPayloadDetails;
import io.temporal.api.sdk.v1.ExternalStorageReference;

/** Compares references, field by field, with the format that all SDKs share. */
final class ReferenceAssert {

  private ReferenceAssert() {}

  /** The payload is a reference to this object, and nothing else is in it. */
  static void assertRefersTo(Payload reference, Bucket bucket, String key, HashEntries hashEntries)
      throws InvalidProtocolBufferException {
    byte[] object = bucket.read(key);
    ExternalStorageReference.Builder content = ExternalStorageReference.newBuilder();
    JsonFormat.parser().merge(reference.getData().toStringUtf8(), content);

    assertThat(reference.getMetadataMap())
        .containsOnly(
            entry("encoding", ByteString.copyFromUtf8("json/protobuf")),
            entry(
                "messageType",
                ByteString.copyFromUtf8("temporal.api.sdk.v1.ExternalStorageReference")));
    assertThat(content.getDriverName()).isEqualTo("aws.s3driver");
    assertThat(content.getClaimDataMap())
        .isEqualTo(
            ImmutableMap.builder()
                .put("bucket", bucket.name())
                .put("key", key)
                .putAll(hashEntries.of(Hashing.sha256().hashBytes(object).toString()))
                .buildOrThrow());
    assertThat(reference.getExternalPayloadsList())
        .containsExactly(ExternalPayloadDetails.newBuilder().setSizeBytes(object.length).build());
  }
}
