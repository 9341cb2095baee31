package io.github.externalstorage.codec.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import io.temporal.api.common.v1.Payload;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PayloadsReaderTest {

  private static final int MAX_PAYLOADS = 3;

  private static List<Payload> read(String json) {
    return PayloadsReader.read(ByteString.copyFromUtf8(json), MAX_PAYLOADS);
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
  @ValueSource(strings = {"+/8=", "-_8=", "-_8", "+/8", "\\u002b\\/8="})
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
        "{'other':[]}",
        "{'other':null}",
        "{'payloads':[{'Data':''}]}",
        "{'payloads':[{'data':1}]}",
        "{'payloads':[{'data':'*'}]}",
        "{'payloads':[{'data':'QQ=Q'}]}",
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
        "{'payloads':[{'externalPayloads':[{'sizeBytes':true}]}]}",
        "{'payloads':[{'externalPayloads':[{'sizeBytes':NaN}]}]}",
        "{'payloads':[{'data':'\t'}]}",
      })
  void refusesWhatIsNotPayloads(String json) {
    assertThatThrownBy(() -> read(json.replace('\'', '"')))
        .isInstanceOfSatisfying(
            Refusal.class, e -> assertThat(e.toReply().status()).isEqualTo(400));
  }

  @Test
  void refusesBytesThatAreNotUtf8() {
    ByteString body =
        ByteString.copyFromUtf8("{\"payloads\":[{\"metadata\":{\"")
            .concat(ByteString.copyFrom(new byte[] {(byte) 0xc3, 0x28}))
            .concat(ByteString.copyFromUtf8("\":\"\"}}]}"));

    assertThatThrownBy(() -> PayloadsReader.read(body, MAX_PAYLOADS)).isInstanceOf(Refusal.class);
  }

  @Test
  void refusesMorePayloadsThanAllowed() {
    assertThat(read("{\"payloads\":[{},{},{}]}")).hasSize(MAX_PAYLOADS);
    assertThatThrownBy(() -> read("{\"payloads\":[{},{},{},{}]}"))
        .isInstanceOfSatisfying(
            Refusal.class, e -> assertThat(e.toReply().status()).isEqualTo(413));
  }

  @Test
  void tellsWhereButNotWhat() {
    assertThatThrownBy(() -> read("{\"payloads\":[{},{\"secret\":\"hidden\"}]}"))
        .hasMessageContaining("payloads[1]")
        .hasMessageContaining("metadata")
        .hasMessageNotContaining("secret")
        .hasMessageNotContaining("hidden");
  }
}
