package io.github.externalstorage.reference;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import com.google.protobuf.util.JsonFormat;
import io.github.externalstorage.driver.StorageDriverClaim;
import io.github.externalstorage.driver.StorageException;
import io.temporal.api.common.v1.Payload;
import io.temporal.api.common.v1.Payload.ExternalPayloadDetails;
import io.temporal.api.sdk.v1.ExternalStorageReference;
import io.temporal.common.converter.EncodingKeys;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The formats of a reference that need no codec. {@link #STANDARD} is the one that is written. */
enum ReferenceFormat {
  STANDARD {
    @Override
    StorageReference read(Payload payload) throws InvalidProtocolBufferException {
      ExternalStorageReference.Builder message = ExternalStorageReference.newBuilder();
      merge(payload, message);
      return new StorageReference(
          message.getDriverName(),
          new StorageDriverClaim(message.getClaimDataMap()),
          sizeBytes(payload));
    }
  },

  /** What the first releases of the Python SDK wrote. */
  LEGACY {
    @Override
    StorageReference read(Payload payload) throws InvalidProtocolBufferException {
      Struct.Builder json = Struct.newBuilder();
      merge(payload, json);
      Map<String, String> claimData = new HashMap<>();
      Struct claim = json.getFieldsOrDefault("driver_claim", NOTHING).getStructValue();
      claim
          .getFieldsOrDefault("claim_data", NOTHING)
          .getStructValue()
          .getFieldsMap()
          .forEach((key, value) -> claimData.put(key, value.getStringValue()));
      return new StorageReference(
          json.getFieldsOrDefault("driver_name", NOTHING).getStringValue(),
          new StorageDriverClaim(claimData),
          sizeBytes(payload));
    }
  };

  private static final ByteString STANDARD_ENCODING = ByteString.copyFromUtf8("json/protobuf");
  private static final ByteString STANDARD_MESSAGE_TYPE =
      ByteString.copyFromUtf8(ExternalStorageReference.getDescriptor().getFullName());
  private static final ByteString LEGACY_ENCODING =
      ByteString.copyFromUtf8("json/external-storage-reference");
  private static final Value NOTHING = Value.getDefaultInstance();

  static Optional<ReferenceFormat> of(Payload payload) {
    ByteString encoding =
        payload.getMetadataOrDefault(EncodingKeys.METADATA_ENCODING_KEY, ByteString.EMPTY);
    if (encoding.equals(STANDARD_ENCODING)) {
      return STANDARD_MESSAGE_TYPE.equals(
              payload.getMetadataMap().get(EncodingKeys.METADATA_MESSAGE_TYPE_KEY))
          ? Optional.of(STANDARD)
          : Optional.empty();
    }
    return encoding.equals(LEGACY_ENCODING) ? Optional.of(LEGACY) : Optional.empty();
  }

  abstract StorageReference read(Payload payload) throws InvalidProtocolBufferException;

  StorageReference parse(Payload payload) {
    try {
      return read(payload);
    } catch (InvalidProtocolBufferException | IllegalArgumentException | StackOverflowError e) {
      // The parser's message may quote the payload, so it is dropped. Quoting deeply nested data is
      // also what overflows the stack.
      throw new StorageException(
          StorageException.Reason.INVALID_CLAIM,
          "An external storage reference of encoding "
              + payload.getMetadataOrThrow(EncodingKeys.METADATA_ENCODING_KEY).toStringUtf8()
              + " can't be read: its data is not the JSON of a reference with a driver name and a"
              + " claim of at most "
              + StorageDriverClaim.MAX_ENTRIES
              + " entries");
    }
  }

  static Payload toPayload(StorageReference reference) {
    ExternalStorageReference message =
        ExternalStorageReference.newBuilder()
            .setDriverName(reference.driverName())
            .putAllClaimData(reference.claim().getClaimData())
            .build();
    try {
      return Payload.newBuilder()
          .putMetadata(EncodingKeys.METADATA_ENCODING_KEY, STANDARD_ENCODING)
          .putMetadata(EncodingKeys.METADATA_MESSAGE_TYPE_KEY, STANDARD_MESSAGE_TYPE)
          .setData(
              ByteString.copyFromUtf8(
                  JsonFormat.printer().omittingInsignificantWhitespace().print(message)))
          .addExternalPayloads(
              ExternalPayloadDetails.newBuilder().setSizeBytes(reference.sizeBytes()))
          .build();
    } catch (InvalidProtocolBufferException e) {
      throw new AssertionError("A message of strings has a JSON form", e);
    }
  }

  private static void merge(Payload payload, Message.Builder message)
      throws InvalidProtocolBufferException {
    JsonFormat.parser().ignoringUnknownFields().merge(payload.getData().toStringUtf8(), message);
  }

  private static long sizeBytes(Payload payload) {
    return payload.getExternalPayloadsCount() == 0
        ? 0
        : Math.max(0, payload.getExternalPayloads(0).getSizeBytes());
  }
}
