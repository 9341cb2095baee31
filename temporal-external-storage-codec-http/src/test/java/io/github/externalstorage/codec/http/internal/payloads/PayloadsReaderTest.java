package io.github.externalstorage.codec.http.internal.payloads;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import io.github.externalstorage.codec.http.internal.protocol.HttpErrorException;
import io.temporal.api.common.v1.Payload;
import java.nio.charset.Charset;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PayloadsReaderTest {

  private static final int MAX_PAYLOADS = 3;

  private static List<Payload> read(String json) {
    return read(ByteString.copyFromUtf8(json));
  }

  private static List<Payload> read(ByteString json) {
    return PayloadsReader.read(json.toByteArray(), json.size(), MAX_PAYLOADS, bytes -> {});
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'externalPayloads':[{'sizeBytes':'109'}]}",
        "{'externalPayloads':[{'sizeBytes':109}]}",
        "{'external_payloads':[{'size_bytes':'109'}]}",
        "{'external_payloads':[{'size_bytes':109}]}",
        "{'external_payloads':[{'size_bytes':1.09e2}]}",
      })
  void readsSizesInEverySpelling(String payload) {
    assertThat(read(("{'payloads':[" + payload + "]}").replace('\'', '"')))
        .singleElement()
        .satisfies(p -> assertThat(p.getExternalPayloads(0).getSizeBytes()).isEqualTo(109));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"+/8=", "-_8=", "-_8", "+/8", "\\u002b\\/8=", "\\u002b/8", "-_\\u0038\\u003d"})
  void readsBase64OfBothAlphabets(String base64) {
    assertThat(read("{\"payloads\":[{\"data\":\"" + base64 + "\"}]}").get(0).getData())
        .isEqualTo(ByteString.copyFrom(new byte[] {(byte) 0xfb, (byte) 0xff}));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{'payloads':null}",
        " { 'payloads' : [ ] } ",
      })
  void readsNothing(String json) {
    assertThat(read(json.replace('\'', '"'))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "{'data':null,'metadata':null,'externalPayloads':null}"})
  void readsEmptyPayloads(String payload) {
    assertThat(read(("{'payloads':[" + payload + "]}").replace('\'', '"')))
        .containsExactly(Payload.getDefaultInstance());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "[]",
        "1",
        "\"payloads\"",
        "{'payloads':{}}",
        "{'payloads':[null]}",
        "{'payloads':[1]}",
        "{'payloads':[{}]}]",
        "{'payloads':[{}]}{}",
        "{'payloads':[{}],}",
        "{'payloads':[{},]}",
        "{payloads:[]}",
        "{'payloads':[],'payloads':[]}",
        "{'other':[}",
        "{'other':[]",
        "{'payloads':[{'data':'QUJD",
        "{'payloads':[{'data':1}]}",
        "{'payloads':[{'data':'*'}]}",
        "{'payloads':[{'data':'QQ=Q'}]}",
        "{'payloads':[{'data':'QQ\\u003dQ'}]}",
        "{'payloads':[{'data':'QUJD\\n'}]}",
        "{'payloads':[{'data':['QQ==']}]}",
        "{'payloads':[{'data':'','data':''}]}",
        "{'payloads':[{'metadata':[]}]}",
        "{'payloads':[{'metadata':{'k':null}}]}",
        "{'payloads':[{'metadata':{'k':{}}}]}",
        "{'payloads':[{'metadata':{'k':'','k':''}}]}",
        "{'payloads':[{'metadata':{'\\ud800':''}}]}",
        "{'payloads':[{'externalPayloads':[null]}]}",
        "{'payloads':[{'externalPayloads':[],'external_payloads':[]}]}",
        "{'payloads':[{'externalPayloads':[{'sizeBytes':1.5}]}]}",
        "{'payloads':[{'externalPayloads':[{'sizeBytes':9223372036854775808}]}]}",
        "{'payloads':[{'externalPayloads':[{'sizeBytes':1e1000000000}]}]}",
        "{'payloads':[{'externalPayloads':[{'sizeBytes':'x'}]}]}",
        "{'payloads':[{'externalPayloads':[{'sizeBytes':'00000000000000000000000000000000000000001'}]}]}",
        "{'payloads':[{'externalPayloads':[{'sizeBytes':true}]}]}",
        "{'payloads':[{'externalPayloads':[{'sizeBytes':NaN}]}]}",
        "{'payloads':[{'data':'\t'}]}",
      })
  void rejectsWhatIsNotPayloads(String json) {
    assertThatThrownBy(() -> read(json.replace('\'', '"')))
        .isInstanceOfSatisfying(
            HttpErrorException.class, e -> assertThat(e.status()).isEqualTo(400));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'other':[[{'a':1.5e3}]],'payloads':[{}]}",
        "{'payloads':[{}],'other':null}",
        "{'payloads':[{'Data':true,'x':{'y':'z'}}]}",
        "{'payloads':[{'externalPayloads':[],'other':'\\u0000'}]}",
      })
  void skipsFieldsOfNewerVersions(String json) {
    assertThat(read(json.replace('\'', '"'))).containsExactly(Payload.getDefaultInstance());
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTF-16BE", "UTF-16LE", "UTF-32BE", "UTF-32LE"})
  void rejectsOtherEncodings(String encoding) {
    ByteString body = ByteString.copyFrom("{\"payloads\":[]}", Charset.forName(encoding));

    assertThatThrownBy(() -> read(body)).isInstanceOf(HttpErrorException.class);
    assertThatThrownBy(() -> read(ByteString.copyFromUtf8("\ufeff{}")))
        .isInstanceOf(HttpErrorException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"'data':'", "'metadata':{'é\\n':'"})
  void readsValuesWhereverTheyStand(String before) {
    ByteString data = ByteString.copyFromUtf8("x".repeat(100_000));
    String base64 = Base64.getEncoder().encodeToString(data.toByteArray());
    String end = before.contains("{") ? "'}" : "'";
    String json = "{'payloads':[{},{'externalPayloads':[{}], %s%s%s}]}";

    List<Payload> payloads =
        read(
            json.formatted(before, base64, end)
                .replace('\'', '"')
                .replace("[{},", " ".repeat(9000) + "[{},"));

    assertThat(
            payloads
                .get(1)
                .getData()
                .concat(payloads.get(1).getMetadataOrDefault("é\n", ByteString.EMPTY)))
        .isEqualTo(data);
  }

  @Test
  void countsBeforeItBuilds() {
    assertTooMany("{\"payloads\":[{\"externalPayloads\":[" + "{},".repeat(10_001) + "{}]}]}");
    StringBuilder keys = new StringBuilder();
    for (int i = 0; i <= 10_000; i++) {
      keys.append("\"k").append(i).append("\":\"\",");
    }
    assertTooMany("{\"payloads\":[{\"metadata\":{" + keys + "\"k\":\"\"}}]}");
  }

  @Test
  void rejectsLongNamesAndNumbersBeforeItParses() {
    String longest = "k".repeat(49_998) + "\\n";
    String number = "1".repeat(1_000);

    assertThat(read("{\"payloads\":[{\"metadata\":{\"" + longest + "\":\"\"}}]}")).hasSize(1);
    assertTooMany("{\"payloads\":[{\"metadata\":{\"x" + longest + "\" \t: \"\"}}]}");
    assertTooMany("{\"payloads\":[],\"x" + longest + "\":[{}]}");
    assertThat(read("{\"payloads\":[],\"x\":" + number + "}")).isEmpty();
    assertTooMany("{\"payloads\":[],\"x\":[" + number + "1]}");
  }

  /** Text that looks like a name or a number, in places where it is neither. */
  @Test
  void readsLongValues() {
    String text = "1".repeat(200_000) + "\\\":\\\\";

    assertThat(read("{\"payloads\":[],\"x\":[\"" + text + "\", \"" + text + "\"]}")).isEmpty();
  }

  @Test
  void readsEscapedBase64() {
    byte[] data = new byte[1000];
    new Random(1).nextBytes(data);
    String base64 = Base64.getEncoder().encodeToString(data);
    String escaped =
        base64
            .chars()
            .mapToObj(c -> c % 3 == 0 ? "\\u%04X".formatted(c) : Character.toString(c))
            .collect(joining())
            .replace("/", "\\/");

    assertThat(read("{\"payloads\":[{\"data\":\"" + escaped + "\"}]}").get(0).getData())
        .isEqualTo(ByteString.copyFrom(data));
  }

  @Test
  void metersEscapedValues() {
    AtomicLong bytes = new AtomicLong();
    byte[] body =
        ("{\"payloads\":[{\"data\":\"" + "\\u0041".repeat(40_000) + "\"}]}").getBytes(UTF_8);

    PayloadsReader.read(body, body.length, MAX_PAYLOADS, bytes::addAndGet);

    assertThat(bytes.get()).isGreaterThan(40_000 / 4 * 3);
  }

  @Test
  void metersWhatItBuilds() {
    AtomicLong bytes = new AtomicLong();
    byte[] body =
        ("{\"payloads\":[{\"data\":\"" + "A".repeat(4_000) + "\",\"metadata\":{\"k\":\"\"}}]}")
            .getBytes(UTF_8);

    PayloadsReader.read(body, body.length, 1, bytes::addAndGet);

    assertThat(bytes).hasValueBetween(3_400L, 4_000L);
  }

  private static void assertTooMany(String json) {
    assertThatThrownBy(() -> read(json))
        .isInstanceOfSatisfying(
            HttpErrorException.class, e -> assertThat(e.status()).isEqualTo(413));
  }

  @Test
  void rejectsBytesThatAreNotUtf8() {
    ByteString body =
        ByteString.copyFromUtf8("{\"payloads\":[{\"metadata\":{\"")
            .concat(ByteString.copyFrom(new byte[] {(byte) 0xc3, 0x28}))
            .concat(ByteString.copyFromUtf8("\":\"\"}}]}"));

    assertThatThrownBy(() -> read(body)).isInstanceOf(HttpErrorException.class);
  }

  @Test
  void rejectsMorePayloadsThanAllowed() {
    assertThat(read("{\"payloads\":[{},{},{}]}")).hasSize(MAX_PAYLOADS);
    assertThatThrownBy(() -> read("{\"payloads\":[{},{},{},{}]}"))
        .isInstanceOfSatisfying(
            HttpErrorException.class, e -> assertThat(e.status()).isEqualTo(413));
  }

  @Test
  void namesThePlaceButNotTheContent() {
    assertThatThrownBy(() -> read("{\"payloads\":[{},{\"data\":\"hidden!\"}]}"))
        .hasMessageContaining("payloads[1]")
        .hasMessageNotContaining("hidden");
  }
}
