package io.github.externalstorage.codec.http.internal.payloads;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.github.externalstorage.codec.http.internal.protocol.ResponseBody;
import io.github.externalstorage.fixtures.TestPayloads;
import io.temporal.api.common.v1.Payload;
import io.temporal.api.common.v1.Payload.ExternalPayloadDetails;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PayloadsJsonTest {

  private static String write(Payload... payloads) throws IOException {
    ResponseBody body = new PayloadsJson(List.of(payloads));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    body.writeTo(out);
    assertThat(out.size()).as("the announced length").isEqualTo(body.length());
    return out.toString(UTF_8);
  }

  private static Payload bytes(int size) {
    byte[] data = new byte[size];
    new Random(size).nextBytes(data);
    return Payload.newBuilder().setData(ByteString.copyFrom(data)).build();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 49_151, 49_152, 49_153, 98_304, 98_305, 1_000_000})
  void writesDataOfAnySize(int size) throws IOException {
    assertThat(TestPayloads.fromJson(write(bytes(size), bytes(1), bytes(size))))
        .containsExactly(bytes(size), bytes(1), bytes(size));
  }

  @Test
  void writesWhatProtobufReads() throws IOException {
    Payload payload =
        Payload.newBuilder()
            .putMetadata("encoding", ByteString.copyFromUtf8("json/plain"))
            .putMetadata("\"\\\n\u2028é😀", ByteString.copyFromUtf8("ü"))
            .addExternalPayloads(ExternalPayloadDetails.newBuilder().setSizeBytes(Long.MAX_VALUE))
            .addExternalPayloads(ExternalPayloadDetails.getDefaultInstance())
            .build();

    assertThat(TestPayloads.fromJson(write(payload))).containsExactly(payload);
  }

  @Test
  void leavesOutExternalPayloadsThatAreNone() throws IOException {
    assertThat(write(Payload.getDefaultInstance()))
        .isEqualTo("{\"payloads\":[{\"metadata\":{},\"data\":\"\"}]}");
  }
}
