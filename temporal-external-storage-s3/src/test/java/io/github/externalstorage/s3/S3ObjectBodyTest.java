package io.github.externalstorage.s3;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.hash.Hashing;
import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.UnknownFieldSet;
import com.google.protobuf.UnsafeByteOperations;
import io.temporal.api.common.v1.Payload;
import io.temporal.api.common.v1.Payload.ExternalPayloadDetails;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class S3ObjectBodyTest {

  private static final ByteString DATA = ByteString.copyFromUtf8("data");
  private static final ByteString LARGE = ByteString.copyFrom(new byte[300 * 1024]);

  static Stream<Payload> payloads() {
    ByteString value = ByteString.copyFromUtf8("value");
    Payload.Builder metadata =
        Payload.newBuilder().putMetadata("z", value).putMetadata("a", value).putMetadata("k", DATA);
    UnknownFieldSet unknown =
        UnknownFieldSet.newBuilder()
            .addField(9, UnknownFieldSet.Field.newBuilder().addLengthDelimited(value).build())
            .build();
    return Stream.of(
        Payload.getDefaultInstance(),
        Payload.newBuilder().setData(DATA).build(),
        metadata.build(),
        metadata.clone().setData(DATA).build(),
        metadata.clone().setData(LARGE.concat(DATA).concat(LARGE)).build(),
        metadata
            .clone()
            .setData(DATA)
            .addExternalPayloads(ExternalPayloadDetails.newBuilder().setSizeBytes(3))
            .setUnknownFields(unknown)
            .build());
  }

  @ParameterizedTest
  @MethodSource("payloads")
  void isThePayloadSerialized(Payload payload) throws IOException {
    byte[] expected = new byte[payload.getSerializedSize()];
    CodedOutputStream output = CodedOutputStream.newInstance(expected);
    output.useDeterministicSerialization();
    payload.writeTo(output);
    output.checkNoSpaceLeft();

    assertThat(concat(S3ObjectBody.buffers(payload)).toByteArray()).isEqualTo(expected);
    assertThat(S3ObjectBody.sha256(payload)).isEqualTo(Hashing.sha256().hashBytes(expected));
  }

  @Test
  void holdsNoCopyOfTheData() {
    byte[] data = new byte[300 * 1024];
    Payload payload = Payload.newBuilder().setData(UnsafeByteOperations.unsafeWrap(data)).build();
    List<ByteBuffer> buffers = S3ObjectBody.buffers(payload);

    data[data.length - 1] = 42;

    ByteString content = concat(buffers);
    assertThat(content.byteAt(content.size() - 1)).isEqualTo((byte) 42);
    assertThat(buffers).hasSizeGreaterThan(2).allMatch(ByteBuffer::isReadOnly);
  }

  private static ByteString concat(List<ByteBuffer> buffers) {
    return ByteString.copyFrom(buffers.stream().map(UnsafeByteOperations::unsafeWrap).toList());
  }
}
