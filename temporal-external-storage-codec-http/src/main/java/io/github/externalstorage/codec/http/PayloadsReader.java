package io.github.externalstorage.codec.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import io.temporal.api.common.v1.Payload;
import io.temporal.api.common.v1.Payload.ExternalPayloadDetails;
import java.io.IOException;
import java.io.InputStreamReader;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reads the proto3 JSON of {@code temporal.api.common.v1.Payloads}, see <a
 * href="https://protobuf.dev/programming-guides/json/">ProtoJSON</a>: field names in both
 * spellings, 64-bit numbers as numbers or strings, base64 of both alphabets, null for nothing.
 * Unknown fields are refused, since they would be missing in the answer.
 *
 * <p>It reads token by token: the tree of a hostile body would be many times as large.
 */
final class PayloadsReader {

  private static final int MAX_NUMBER_LENGTH = 32;

  /** JSON names and proto names, and what both mean here. */
  private static final Map<String, String> PAYLOADS = Map.of("payloads", "payloads");

  private static final Map<String, String> PAYLOAD =
      Map.of(
          "metadata", "metadata",
          "data", "data",
          "externalPayloads", "externalPayloads",
          "external_payloads", "externalPayloads");

  private static final Map<String, String> EXTERNAL_PAYLOAD =
      Map.of("sizeBytes", "sizeBytes", "size_bytes", "sizeBytes");

  private final JsonReader json;
  private final int maxPayloads;
  private final List<Payload> payloads = new ArrayList<>();

  private PayloadsReader(ByteString body, int maxPayloads) {
    // This decoder reports what is not UTF-8; the usual one replaces it.
    json = new JsonReader(new InputStreamReader(body.newInput(), UTF_8.newDecoder()));
    this.maxPayloads = maxPayloads;
  }

  /**
   * Reads a body.
   *
   * @throws Refusal 400 if it is not such JSON, 413 if there are more payloads
   */
  static List<Payload> read(ByteString body, int maxPayloads) {
    PayloadsReader reader = new PayloadsReader(body, maxPayloads);
    try {
      reader.readBody();
      return reader.payloads;
    } catch (IOException | IllegalStateException | NumberFormatException e) {
      throw reader.malformed("is not JSON, or has a value of another type than its field");
    }
  }

  private void readBody() throws IOException {
    readMessage(PAYLOADS, field -> readArray(() -> payloads.add(readPayload())));
    require(json.peek() == JsonToken.END_DOCUMENT, "goes on after its end");
  }

  private Payload readPayload() throws IOException {
    if (payloads.size() == maxPayloads) {
      throw new Refusal(413, "A request may have at most " + maxPayloads + " payloads");
    }
    Payload.Builder payload = Payload.newBuilder();
    readMessage(
        PAYLOAD,
        field -> {
          switch (field) {
            case "metadata" -> readMetadata(payload);
            case "data" -> payload.setData(readBytes());
            default -> readArray(() -> payload.addExternalPayloads(readExternalPayload()));
          }
        });
    return payload.build();
  }

  private void readMetadata(Payload.Builder payload) throws IOException {
    json.beginObject();
    while (json.hasNext()) {
      String key = json.nextName();
      require(UTF_8.newEncoder().canEncode(key), "has a metadata key that is not Unicode");
      require(!payload.containsMetadata(key), "has a metadata key twice");
      payload.putMetadata(key, readBytes());
    }
    json.endObject();
  }

  private ExternalPayloadDetails readExternalPayload() throws IOException {
    ExternalPayloadDetails.Builder details = ExternalPayloadDetails.newBuilder();
    readMessage(EXTERNAL_PAYLOAD, field -> details.setSizeBytes(readLong()));
    return details.build();
  }

  private ByteString readBytes() throws IOException {
    require(json.peek() == JsonToken.STRING, "has a value that is not base64");
    String base64 = json.nextString();
    boolean urlSafe = base64.indexOf('-') >= 0 || base64.indexOf('_') >= 0;
    try {
      byte[] bytes = (urlSafe ? Base64.getUrlDecoder() : Base64.getDecoder()).decode(base64);
      return UnsafeByteOperations.unsafeWrap(bytes);
    } catch (IllegalArgumentException e) {
      throw malformed("has a value that is not base64");
    }
  }

  private long readLong() throws IOException {
    String number = json.nextString();
    require(number.length() <= MAX_NUMBER_LENGTH, "has a number that is too long");
    try {
      return new BigDecimal(number).longValueExact();
    } catch (ArithmeticException e) {
      throw malformed("has a number that is not an integer of 64 bits");
    }
  }

  private void readMessage(Map<String, String> names, ValueReader fields) throws IOException {
    Set<String> seen = new HashSet<>();
    json.beginObject();
    while (json.hasNext()) {
      String field = names.get(json.nextName());
      if (field == null) {
        throw malformed("has a field other than " + names.keySet().stream().sorted().toList());
      }
      require(seen.add(field), "has the field " + field + " twice");
      if (json.peek() == JsonToken.NULL) {
        json.nextNull();
      } else {
        fields.read(field);
      }
    }
    json.endObject();
  }

  private void readArray(ElementReader element) throws IOException {
    json.beginArray();
    while (json.hasNext()) {
      element.read();
    }
    json.endArray();
  }

  private void require(boolean condition, String otherwise) {
    if (!condition) {
      throw malformed(otherwise);
    }
  }

  private Refusal malformed(String problem) {
    return Refusal.malformed("The body %s (at payloads[%d])".formatted(problem, payloads.size()));
  }

  @FunctionalInterface
  private interface ValueReader {
    void read(String field) throws IOException;
  }

  @FunctionalInterface
  private interface ElementReader {
    void read() throws IOException;
  }
}
