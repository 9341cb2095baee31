package io.github.externalstorage;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.Struct;
import com.google.protobuf.util.JsonFormat;
import io.temporal.api.common.v1.Payload;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Base64;

/** What the Python SDK wrote and read: JSON files of the test resources. */
public final class Golden {

  private Golden() {}

  public static Struct load(String file) {
    try (InputStream in = Golden.class.getResourceAsStream("/wire/" + file)) {
      if (in == null) {
        throw new IllegalArgumentException("No golden data: " + file);
      }
      return json(ByteString.readFrom(in));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static Struct json(ByteString data) {
    Struct.Builder json = Struct.newBuilder();
    merge(data.toString(UTF_8), json);
    return json.build();
  }

  public static Struct object(Struct json, String name) {
    return json.getFieldsOrThrow(name).getStructValue();
  }

  public static String string(Struct json, String name) {
    return json.getFieldsOrThrow(name).getStringValue();
  }

  public static ByteString bytes(Struct json, String name) {
    return ByteString.copyFrom(Base64.getDecoder().decode(string(json, name)));
  }

  /** A payload from its proto3 JSON. */
  public static Payload payload(Struct json) {
    try {
      Payload.Builder payload = Payload.newBuilder();
      merge(JsonFormat.printer().print(json), payload);
      return payload.build();
    } catch (InvalidProtocolBufferException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void merge(String json, Message.Builder message) {
    try {
      JsonFormat.parser().merge(json, message);
    } catch (InvalidProtocolBufferException e) {
      throw new UncheckedIOException(e);
    }
  }
}
