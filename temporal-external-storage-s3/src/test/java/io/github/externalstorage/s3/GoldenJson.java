package io.github.externalstorage.s3;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import com.google.protobuf.util.JsonFormat;
import io.temporal.api.common.v1.Payload;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** What drivers of other SDKs wrote: JSON files of the test resources. */
final class GoldenJson {

  private GoldenJson() {}

  static Struct load(String file) {
    try (InputStream in = GoldenJson.class.getResourceAsStream("/wire/" + file)) {
      if (in == null) {
        throw new IllegalArgumentException("No golden data: " + file);
      }
      Struct.Builder json = Struct.newBuilder();
      return merge(new String(in.readAllBytes(), StandardCharsets.UTF_8), json).build();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Struct object(Struct json, String name) {
    return json.getFieldsOrThrow(name).getStructValue();
  }

  static String string(Struct json, String name) {
    return json.getFieldsOrThrow(name).getStringValue();
  }

  static @Nullable String stringOrNull(Struct json, String name) {
    Value value = json.getFieldsMap().get(name);
    return value == null ? null : value.getStringValue();
  }

  static ByteString bytes(Struct json, String name) {
    return ByteString.copyFrom(Base64.getDecoder().decode(string(json, name)));
  }

  static Payload payload(Struct json) {
    try {
      return merge(JsonFormat.printer().print(json), Payload.newBuilder()).build();
    } catch (InvalidProtocolBufferException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static <B extends Message.Builder> B merge(String json, B message) {
    try {
      JsonFormat.parser().merge(json, message);
      return message;
    } catch (InvalidProtocolBufferException e) {
      throw new UncheckedIOException(e);
    }
  }
}
