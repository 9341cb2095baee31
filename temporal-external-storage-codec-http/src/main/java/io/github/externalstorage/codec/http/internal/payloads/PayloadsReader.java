package io.github.externalstorage.codec.http.internal.payloads;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import io.github.externalstorage.codec.http.internal.protocol.HttpErrorException;
import io.temporal.api.common.v1.Payload;
import io.temporal.api.common.v1.Payload.ExternalPayloadDetails;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reads the proto3 JSON of {@code temporal.api.common.v1.Payloads}, see <a
 * href="https://protobuf.dev/programming-guides/json/">ProtoJSON</a>: field names in both
 * spellings, 64-bit numbers as numbers or strings, base64 of both alphabets, null for nothing.
 * Unknown fields are skipped.
 *
 * <p>It reads token by token, and decodes base64 directly from the body. Protobuf's own parser
 * builds a tree first, which for a malicious body is many times as large.
 */
public final class PayloadsReader {

  private static final JsonFactory JSON =
      JsonFactory.builder().disable(JsonFactory.Feature.INTERN_FIELD_NAMES).build();

  private static final int MAX_METADATA_ENTRIES = 10_000;
  private static final int MAX_EXTERNAL_PAYLOADS = 10_000;
  private static final int MAX_NUMBER_LENGTH = 32;

  /** The approximate size of the objects themselves on the heap, in bytes. */
  private static final int PAYLOAD_OVERHEAD = 250;

  private static final int METADATA_OVERHEAD = 200;
  private static final int EXTERNAL_PAYLOAD_OVERHEAD = 50;

  /** The field, by its JSON name and its proto name. */
  private static final Map<String, String> PAYLOADS = Map.of("payloads", "payloads");

  private static final Map<String, String> PAYLOAD =
      Map.of(
          "metadata", "metadata",
          "data", "data",
          "externalPayloads", "externalPayloads",
          "external_payloads", "externalPayloads");

  private static final Map<String, String> EXTERNAL_PAYLOAD =
      Map.of("sizeBytes", "sizeBytes", "size_bytes", "sizeBytes");

  private final byte[] body;
  private final int length;
  private final JsonParser json;
  private final JsonTokens tokens;
  private final int maxPayloads;
  private final MemoryMeter memory;
  private final List<Payload> payloads = new ArrayList<>();
  private int metadataEntries;
  private int externalPayloads;

  private PayloadsReader(byte[] body, int length, int maxPayloads, MemoryMeter memory)
      throws IOException {
    this.body = body;
    this.length = length;
    this.maxPayloads = maxPayloads;
    this.memory = memory;
    json = JSON.createParser(body, 0, length);
    tokens = new JsonTokens(body, length);
    // The parser also accepts a byte order mark and encodings other than UTF-8.
    require(length > 1 && body[0] > 0 && body[1] > 0, "is not JSON in UTF-8");
    tokens.requireShort();
  }

  /**
   * Reads a body.
   *
   * @param body the bytes, which are not kept
   * @param length the number of bytes
   * @throws HttpErrorException 400 if it is not such JSON, 413 if it holds too much
   */
  public static List<Payload> read(byte[] body, int length, int maxPayloads, MemoryMeter memory) {
    List<Payload> payloads = new ArrayList<>();
    try {
      PayloadsReader reader = new PayloadsReader(body, length, maxPayloads, memory);
      payloads = reader.payloads;
      reader.readBody();
      return payloads;
    } catch (IOException | IllegalStateException | NumberFormatException e) {
      throw malformed("is not JSON, or has a value of another type than its field", payloads);
    }
  }

  private void readBody() throws IOException {
    json.nextToken();
    readMessage(PAYLOADS, field -> readArray(() -> payloads.add(readPayload())));
    require(json.nextToken() == null, "has content after its end");
  }

  private Payload readPayload() throws IOException {
    requireAtMost(maxPayloads, payloads.size() + 1, "payloads");
    memory.add(PAYLOAD_OVERHEAD);
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
    require(json.currentToken() == JsonToken.START_OBJECT, "has metadata that is not an object");
    while (json.nextToken() != JsonToken.END_OBJECT) {
      requireAtMost(MAX_METADATA_ENTRIES, ++metadataEntries, "metadata entries");
      String key = json.currentName();
      require(UTF_8.newEncoder().canEncode(key), "has a metadata key that is not Unicode");
      require(!payload.containsMetadata(key), "has a metadata key twice");
      memory.add(METADATA_OVERHEAD + 2L * key.length());
      json.nextToken();
      payload.putMetadata(key, readBytes());
    }
  }

  private ExternalPayloadDetails readExternalPayload() throws IOException {
    requireAtMost(MAX_EXTERNAL_PAYLOADS, ++externalPayloads, "external payloads");
    memory.add(EXTERNAL_PAYLOAD_OVERHEAD);
    ExternalPayloadDetails.Builder details = ExternalPayloadDetails.newBuilder();
    readMessage(EXTERNAL_PAYLOAD, field -> details.setSizeBytes(readLong()));
    return details.build();
  }

  private ByteString readBytes() throws IOException {
    require(json.currentToken() == JsonToken.VALUE_STRING, "has a value that is not base64");
    // A String would be another copy of a large value.
    int start = startOfString();
    int end = start;
    boolean urlSafe = false;
    while (end < length && body[end] != '"' && body[end] != '\\') {
      urlSafe |= isUrlSafe(body[end]);
      end++;
    }
    require(end < length, "is cut off");
    return body[end] == '\\'
        ? readEscapedBytes(start, tokens.endOfString(end))
        : decode(ByteBuffer.wrap(body, start, end - start), urlSafe);
  }

  /** Of the escapes of JSON, those of a slash and of Unicode can stand for base64. */
  private ByteString readEscapedBytes(int start, int end) {
    require(end < length, "is cut off");
    memory.add(end - start);
    byte[] base64 = new byte[end - start];
    int size = 0;
    boolean urlSafe = false;
    for (int i = start; i < end; i++) {
      if (body[i] != '\\') {
        base64[size] = body[i];
      } else if (body[i + 1] == 'u' && i + 5 < end) {
        base64[size] = asciiOf(i + 2);
        i += 5;
      } else {
        require(body[++i] == '/', "has a value that is not base64");
        base64[size] = '/';
      }
      urlSafe |= isUrlSafe(base64[size++]);
    }
    return decode(ByteBuffer.wrap(base64, 0, size), urlSafe);
  }

  private byte asciiOf(int hexDigits) {
    int c = HexFormat.fromHexDigits(new String(body, hexDigits, 4, ISO_8859_1));
    require(c < 0x80, "has a value that is not base64");
    return (byte) c;
  }

  private int startOfString() {
    return (int) json.getTokenLocation().getByteOffset() + 1;
  }

  private static boolean isUrlSafe(byte c) {
    return c == '-' || c == '_';
  }

  private ByteString decode(ByteBuffer base64, boolean urlSafe) {
    memory.add(base64.remaining() / 4 * 3L);
    try {
      return UnsafeByteOperations.unsafeWrap(
          (urlSafe ? Base64.getUrlDecoder() : Base64.getDecoder()).decode(base64));
    } catch (IllegalArgumentException e) {
      throw malformed("has a value that is not base64", payloads);
    }
  }

  private long readLong() throws IOException {
    JsonToken token = json.currentToken();
    require(
        token == JsonToken.VALUE_STRING || token.isNumeric(), "has a size that is not a number");
    int start = startOfString();
    require(
        token.isNumeric() || tokens.endOfString(start) - start <= MAX_NUMBER_LENGTH,
        "has a number that is too long");
    String number = json.getText();
    require(number.length() <= MAX_NUMBER_LENGTH, "has a number that is too long");
    try {
      return new BigDecimal(number).longValueExact();
    } catch (ArithmeticException e) {
      throw malformed("has a number that is not an integer of 64 bits", payloads);
    }
  }

  private void readMessage(Map<String, String> names, ValueReader fields) throws IOException {
    require(json.currentToken() == JsonToken.START_OBJECT, "has a value that is not an object");
    Set<String> seen = new HashSet<>();
    while (json.nextToken() != JsonToken.END_OBJECT) {
      String field = names.get(json.currentName());
      JsonToken value = json.nextToken();
      if (field == null) {
        json.skipChildren();
      } else {
        require(seen.add(field), "has the field " + field + " twice");
        if (value != JsonToken.VALUE_NULL) {
          fields.read(field);
        }
      }
    }
  }

  private void readArray(ElementReader element) throws IOException {
    require(json.currentToken() == JsonToken.START_ARRAY, "has a value that is not an array");
    while (json.nextToken() != JsonToken.END_ARRAY) {
      element.read();
    }
  }

  private static void requireAtMost(int limit, int count, String what) {
    if (count > limit) {
      throw new HttpErrorException(413, "A request may have at most " + limit + " " + what);
    }
  }

  private void require(boolean condition, String otherwise) {
    if (!condition) {
      throw malformed(otherwise, payloads);
    }
  }

  private static HttpErrorException malformed(String problem, List<Payload> before) {
    return HttpErrorException.malformed(
        "The body %s (at payloads[%d])".formatted(problem, before.size()));
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
