package io.github.externalstorage.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.common.hash.Hashing;
import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnknownFieldSet;
import io.temporal.api.common.v1.Payload;
import io.temporal.api.common.v1.Payload.ExternalPayloadDetails;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

final class PayloadFormatTest {

  @Property(seed = "1", tries = 500)
  void isProtobufsDeterministicOne(@ForAll("payloads") Payload payload) throws IOException {
    byte[] expected = new byte[payload.getSerializedSize()];
    CodedOutputStream output = CodedOutputStream.newInstance(expected);
    output.useDeterministicSerialization();
    payload.writeTo(output);
    output.checkNoSpaceLeft();

    ByteString content = PayloadFormat.serialize(payload);

    assertThat(content.toByteArray()).isEqualTo(expected);
    assertThat(PayloadFormat.sha256(content))
        .isEqualTo(Hashing.sha256().hashBytes(expected).toString());
    assertThat(PayloadFormat.parse(content)).isEqualTo(payload);
  }

  @Example
  void doesNotDependOnTheOrderOfMetadata() {
    Payload.Builder forwards = Payload.newBuilder();
    Payload.Builder backwards = Payload.newBuilder();
    for (int i = 0; i < 100; i++) {
      forwards.putMetadata("k" + i, ByteString.EMPTY);
      backwards.putMetadata("k" + (99 - i), ByteString.EMPTY);
    }

    assertThat(PayloadFormat.serialize(forwards.build()))
        .isEqualTo(PayloadFormat.serialize(backwards.build()));
  }

  @Example
  void rejectsWhatIsNoPayload() {
    for (String hex : List.of("0a", "0c", "12016f0c73", "1280808080808080808080", "00")) {
      assertThatThrownBy(() -> PayloadFormat.parse(ByteString.fromHex(hex)))
          .isInstanceOf(InvalidProtocolBufferException.class);
    }
  }

  @Example
  void checksTheHashInTheKey() {
    Payload payload = Payload.newBuilder().setData(ByteString.copyFromUtf8("\"sesame\"")).build();
    ByteString content = PayloadFormat.serialize(payload);
    StorageKey key = keyOf(content);

    assertThat(PayloadFormat.parse(content, key)).isEqualTo(payload);
    assertCorrupted(content.concat(ByteString.copyFromUtf8("x")), key, "its SHA-256 does not");
    ByteString garbage = ByteString.fromHex("0a");
    assertCorrupted(garbage, keyOf(garbage), "it is not a serialized payload");
  }

  private static void assertCorrupted(ByteString content, StorageKey key, String problem) {
    StorageException failure =
        catchThrowableOfType(StorageException.class, () -> PayloadFormat.parse(content, key));
    assertThat(failure.getReason()).isEqualTo(StorageException.Reason.CORRUPTED);
    assertThat(failure)
        .hasMessageContaining("[key='" + key + "']: " + problem)
        .hasMessageNotContaining("sesame")
        .hasNoCause();
  }

  private static StorageKey keyOf(ByteString content) {
    return StorageKeyLayout.getDefault().createKey(Optional.empty(), PayloadFormat.sha256(content));
  }

  @Provide
  Arbitrary<Payload> payloads() {
    Arbitrary<ByteString> bytes =
        Arbitraries.bytes().array(byte[].class).ofMaxSize(300).map(ByteString::copyFrom);
    return Combinators.combine(
            Arbitraries.maps(Arbitraries.strings().ofMaxLength(5), bytes).ofMaxSize(4),
            Combinators.combine(bytes, bytes).as(ByteString::concat),
            bytes,
            Arbitraries.integers().between(0, 3))
        .as(
            (metadata, data, unknown, parts) -> {
              Payload.Builder payload = Payload.newBuilder().putAllMetadata(metadata).setData(data);
              if ((parts & 1) != 0) {
                payload.addExternalPayloads(ExternalPayloadDetails.newBuilder().setSizeBytes(3));
              }
              if ((parts & 2) != 0) {
                payload.setUnknownFields(
                    UnknownFieldSet.newBuilder().mergeLengthDelimitedField(9, unknown).build());
              }
              return payload.build();
            });
  }
}
