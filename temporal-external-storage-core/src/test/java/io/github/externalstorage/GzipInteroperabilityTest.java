package io.github.externalstorage;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.temporal.api.common.v1.Payload;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Base64;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Gzip of other programs is decompressed, and theirs decompress ours. */
class GzipInteroperabilityTest {

  private static final Payload PAYLOAD =
      TestPayloads.json("{\"batch_id\":\"B-1\",\"order_count\":200}");

  private final GzipPayloadCodec codec = new GzipPayloadCodec();

  @Test
  void jdkReadsWhatTheCodecWrote() throws IOException {
    byte[] data = codec.encode(List.of(PAYLOAD)).get(0).getData().toByteArray();

    try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(data))) {
      assertThat(in.readAllBytes()).isEqualTo(PAYLOAD.toByteArray());
    }
  }

  @Test
  void codecReadsWhatTheJdkWrote() {
    assertThat(decode(jdk(PAYLOAD.toByteString()))).isEqualTo(PAYLOAD);
  }

  /** Made with gzip.compress, gzip.GzipFile with file name and time, and as two members. */
  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "plain, H4sIAAAAAAACA+MS4+JIzUvOT8nMSxfiyirOz9MvyEnMzBNSqVZKSixJzojPTFGyUnLSNVTSUcovSkkt"
        + "ik/OL80rUbIyMjCoBQBYh+JEPgAAAA==",
    "named, H4sICADxU2UE/3BheWxvYWQuYmluAOMS4+JIzUvOT8nMSxfiyirOz9MvyEnMzBNSqVZKSixJzojPTFGy"
        + "UnLSNVTSUcovSkktik/OL80rUbIyMjCoBQBYh+JEPgAAAA==",
    "two members, H4sIAAAAAAACA+MS4+JIzUvOT8nMSxfiyirOz9MvAABUmaYOFAAAAB+LCAAAAAAAAgPLSczME1Kp"
        + "VkpKLEnOiM9MUbJSctI1VNJRyi9KSS2KT84vzStRsjIyMKgFACaiWh8qAAAA"
  })
  void codecReadsWhatPythonWrote(String name, String base64) {
    byte[] data = Base64.getDecoder().decode(base64);

    assertThat(decode(ByteString.copyFrom(data))).isEqualTo(PAYLOAD);
  }

  @Test
  void membersAreOneAfterTheOther() {
    ByteString serialized = PAYLOAD.toByteString();
    ByteString members = jdk(ByteString.EMPTY);
    for (int i = 0; i < serialized.size(); i++) {
      members = members.concat(jdk(serialized.substring(i, i + 1))).concat(jdk(ByteString.EMPTY));
    }

    assertThat(decode(members)).isEqualTo(PAYLOAD);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 4, 7, 512, 100_000})
  void zerosMayFollowAMember(int count) {
    ByteString zeros = ByteString.copyFrom(new byte[count]);
    ByteString serialized = PAYLOAD.toByteString();

    assertThat(decode(jdk(serialized).concat(zeros))).isEqualTo(PAYLOAD);
    assertThat(
            decode(
                jdk(serialized.substring(0, 5))
                    .concat(zeros)
                    .concat(jdk(serialized.substring(5)))
                    .concat(zeros)))
        .isEqualTo(PAYLOAD);
  }

  @Test
  void everyOptionalFieldOfTheHeaderIsSkipped() {
    int all = 1 | 2 | 4 | 8 | 16;
    ByteString header =
        ByteString.fromHex("1f8b08%02x000000000003".formatted(all))
            .concat(ByteString.fromHex("0300aabbcc")) // extra field of three bytes
            .concat(ByteString.copyFrom("name\0comment\0", UTF_8))
            .concat(ByteString.fromHex("1234")); // checksum of the header

    assertThat(decode(header.concat(jdk(PAYLOAD.toByteString()).substring(10)))).isEqualTo(PAYLOAD);
  }

  private Payload decode(ByteString data) {
    return codec.decode(List.of(GzipSamples.payload(data))).get(0);
  }

  private static ByteString jdk(ByteString data) {
    return ByteString.copyFrom(GzipSamples.compress(data.toByteArray()));
  }
}
