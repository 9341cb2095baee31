package io.github.externalstorage.internal.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnknownFieldSet;
import io.temporal.api.common.v1.Payload;
import io.temporal.api.common.v1.Payload.ExternalPayloadDetails;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PayloadSizeTest {

  private static final ByteString BYTES = ByteString.copyFrom(new byte[1_000]);

  static Stream<Payload> payloads() {
    Payload.Builder data = Payload.newBuilder().setData(BYTES);
    UnknownFieldSet unknown =
        UnknownFieldSet.newBuilder()
            .addField(9, UnknownFieldSet.Field.newBuilder().addLengthDelimited(BYTES).build())
            .build();
    return Stream.of(
        Payload.getDefaultInstance(),
        data.build(),
        data.clone().putMetadata("encoding", BYTES).putMetadata("", ByteString.EMPTY).build(),
        data.clone().putMetadata("€".repeat(1_000), BYTES).build(),
        data.clone().putMetadata("😀".repeat(1_000), BYTES).build(),
        data.clone().addExternalPayloads(ExternalPayloadDetails.getDefaultInstance()).build(),
        data.clone().setUnknownFields(unknown).build());
  }

  @ParameterizedTest
  @MethodSource("payloads")
  void isComparedExactly(Payload payload) {
    int size = payload.getSerializedSize();

    assertThat(PayloadSize.isAtLeast(payload, 0)).isTrue();
    assertThat(PayloadSize.isAtLeast(payload, size)).isTrue();
    assertThat(PayloadSize.isAtLeast(payload, size + 1)).isFalse();
    assertThat(PayloadSize.isAtLeast(payload, Integer.MAX_VALUE)).isFalse();
  }
}
