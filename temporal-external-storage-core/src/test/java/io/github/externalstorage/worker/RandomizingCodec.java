package io.github.externalstorage.worker;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.temporal.api.common.v1.Payload;
import io.temporal.payload.codec.PayloadCodec;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/** Encodes the same payload differently each time, as encryption with a random IV does. */
final class RandomizingCodec implements PayloadCodec {

  private static final String ENCODING = "binary/random";
  private static final int PREFIX_BYTES = 16;

  @Override
  public List<Payload> encode(List<Payload> payloads) {
    return payloads.stream().map(RandomizingCodec::encode).toList();
  }

  @Override
  public List<Payload> decode(List<Payload> payloads) {
    return payloads.stream().map(RandomizingCodec::decode).toList();
  }

  private static Payload encode(Payload payload) {
    byte[] prefix = new byte[PREFIX_BYTES];
    ThreadLocalRandom.current().nextBytes(prefix);
    return Payload.newBuilder()
        .putMetadata("encoding", ByteString.copyFromUtf8(ENCODING))
        .setData(ByteString.copyFrom(prefix).concat(payload.toByteString()))
        .build();
  }

  private static Payload decode(Payload payload) {
    if (!payload.getMetadataOrThrow("encoding").toStringUtf8().equals(ENCODING)) {
      return payload;
    }
    try {
      return Payload.parseFrom(payload.getData().substring(PREFIX_BYTES));
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalArgumentException(e);
    }
  }
}
