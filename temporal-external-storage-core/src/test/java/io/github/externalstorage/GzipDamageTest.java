package io.github.externalstorage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.google.protobuf.ByteString;
import io.temporal.api.common.v1.Payload;
import io.temporal.payload.codec.PayloadCodecException;
import java.util.List;
import org.assertj.core.api.ThrowableAssertAlternative;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Damaged data is an error, never another payload; the error message contains no content. */
class GzipDamageTest {

  private static final String SECRET = "sesame";
  private static final Payload PAYLOAD = TestPayloads.json("\"open " + SECRET + ", please\"");

  private final GzipPayloadCodec codec = new GzipPayloadCodec();
  private final ByteString sample = codec.encode(List.of(PAYLOAD)).get(0).getData();

  @Test
  void cutOffAnywhere() {
    for (int length = 0; length < sample.size(); length++) {
      assertRejected(sample.substring(0, length)).withMessageContaining("cut off");
    }
  }

  @Test
  void secondMemberCutOffAnywhere() {
    for (int length = 1; length < sample.size(); length++) {
      assertRejected(sample.concat(sample.substring(0, length)));
    }
  }

  @Test
  void everyFlippedBit() {
    int rejected = 0;
    byte[] data = sample.toByteArray();
    for (int bit = 0; bit < data.length * 8; bit++) {
      data[bit / 8] ^= (byte) (1 << bit % 8);
      try {
        assertThat(decode(ByteString.copyFrom(data))).isEqualTo(PAYLOAD);
      } catch (PayloadCodecException e) {
        assertThat(e).hasMessageNotContaining(SECRET).hasNoCause();
        rejected++;
      }
      data[bit / 8] ^= (byte) (1 << bit % 8);
    }

    // All but those of the header that say nothing about the data: time, system, hints.
    assertThat(rejected).isGreaterThan((data.length - 10) * 8);
  }

  @ParameterizedTest
  @ValueSource(strings = {"01", "1f", "1f8b", "ff", "0000001f"})
  void followedBySomethingElse(String hex) {
    assertRejected(sample.concat(ByteString.fromHex(hex)));
  }

  @Test
  void notGzip() {
    assertRejected(ByteString.copyFromUtf8(SECRET.repeat(10))).withMessageContaining("begin");
    assertRejected(PAYLOAD.toByteString()).withMessageContaining("begin");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "73657361", // an unknown field that is cut off
        "0a", // a field without its value
        "1201", // data without its byte
        "12ff", // a length beyond the end
        "0c", // the end of a group that never began
        "12016f0c73657361" // the same behind a field
      })
  void notAPayload(String hex) {
    byte[] content = ByteString.fromHex(hex).toByteArray();

    assertRejected(ByteString.copyFrom(GzipSamples.compress(content)))
        .withMessageContaining("not a payload")
        .withNoCause();
  }

  private ThrowableAssertAlternative<PayloadCodecException> assertRejected(ByteString data) {
    return assertThatExceptionOfType(PayloadCodecException.class)
        .isThrownBy(() -> decode(data))
        .withMessageContaining("binary/gzip")
        .withMessageNotContaining(SECRET);
  }

  private Payload decode(ByteString data) {
    return codec.decode(List.of(GzipSamples.payload(data))).get(0);
  }
}
