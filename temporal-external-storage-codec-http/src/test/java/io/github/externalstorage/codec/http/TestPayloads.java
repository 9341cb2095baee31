package io.github.externalstorage.codec.http;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;
import io.github.externalstorage.driver.StorageDriverClaim;
import io.github.externalstorage.reference.StorageReference;
import io.temporal.api.common.v1.Payload;
import io.temporal.api.common.v1.Payloads;
import io.temporal.payload.codec.PayloadCodec;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Payloads to try things on, and their proto3 JSON as protobuf itself reads and writes it. */
public final class TestPayloads {

  private TestPayloads() {}

  public static Payload json(String data) {
    return Payload.newBuilder()
        .putMetadata("encoding", ByteString.copyFromUtf8("json/plain"))
        .setData(ByteString.copyFromUtf8(data))
        .build();
  }

  /** JSON that gzip does not make small, the same for the same seed. */
  public static Payload ofLetters(int letters, long seed) {
    StringBuilder data = new StringBuilder();
    new Random(seed).ints(letters, 'a', 'z' + 1).forEach(c -> data.append((char) c));
    return json("\"" + data + "\"");
  }

  public static Payload encode(PayloadCodec codec, Payload payload) {
    return codec.encode(List.of(payload)).get(0);
  }

  public static Payload reference(String driverName, Map<String, String> claimData) {
    return new StorageReference(driverName, new StorageDriverClaim(claimData), 100).toPayload();
  }

  public static Map<String, String> claimData(Payload reference) {
    return StorageReference.parse(reference).orElseThrow().claim().claimData();
  }

  public static String toJson(Payload... payloads) {
    try {
      return JsonFormat.printer()
          .print(Payloads.newBuilder().addAllPayloads(List.of(payloads)).build());
    } catch (InvalidProtocolBufferException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static List<Payload> fromJson(String json) {
    try {
      Payloads.Builder payloads = Payloads.newBuilder();
      JsonFormat.parser().merge(json, payloads);
      return payloads.getPayloadsList();
    } catch (InvalidProtocolBufferException e) {
      throw new UncheckedIOException(e);
    }
  }
}
