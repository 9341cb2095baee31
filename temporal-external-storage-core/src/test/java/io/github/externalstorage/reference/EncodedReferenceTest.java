package io.github.externalstorage.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.ByteString;
import io.github.externalstorage.GzipPayloadCodec;
import io.github.externalstorage.TestPayloads;
import io.github.externalstorage.driver.StorageDriverClaim;
import io.github.externalstorage.driver.StorageException;
import io.github.externalstorage.driver.StorageException.Reason;
import io.temporal.api.common.v1.Payload;
import io.temporal.payload.codec.PayloadCodec;
import io.temporal.payload.codec.PayloadCodecException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EncodedReferenceTest {

  private static final PayloadCodec GZIP = new GzipPayloadCodec();
  private static final Payload REFERENCE =
      new StorageReference("driver", new StorageDriverClaim(Map.of("key", "k")), 7).toPayload();
  private static final Payload INLINE = TestPayloads.json("\"sesame\"");

  @Test
  void isReadableOnceDecoded() {
    Payload marked = mark(REFERENCE);
    assertThat(EncodedReference.isReference(marked)).isTrue();
    assertThat(StorageReference.isReference(marked)).isFalse();

    assertThat(EncodedReference.decode(List.of(marked), GZIP)).containsExactly(REFERENCE);
  }

  @Test
  void onlyMarkedPayloadsAreDecodedAndTheOrderIsKept() {
    Payload compressed = GZIP.encode(List.of(INLINE)).get(0);

    assertThat(
            EncodedReference.decode(
                List.of(compressed, mark(REFERENCE), INLINE, mark(REFERENCE)), GZIP))
        .containsExactly(compressed, REFERENCE, INLINE, REFERENCE);
  }

  @Test
  void codecSeesNeitherMarkerNorDetails() {
    PayloadCodec strict =
        new DecodingCodec() {
          @Override
          public List<Payload> decode(List<Payload> payloads) {
            assertThat(payloads).hasSize(1);
            assertThat(payloads.get(0).getMetadataMap()).containsOnlyKeys("encoding");
            assertThat(payloads.get(0).getExternalPayloadsList()).isEmpty();
            return GZIP.decode(payloads);
          }
        };

    assertThat(EncodedReference.decode(List.of(mark(REFERENCE)), strict)).hasSize(1);
  }

  @Test
  void withoutMarkedPayloadsNoCodecIsCalled() {
    List<Payload> payloads = List.of(INLINE, REFERENCE);

    assertThat(EncodedReference.decode(payloads, new DecodingCodec())).isSameAs(payloads);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "false", "True", "true "})
  void otherMarksAreNone(String mark) {
    Payload payload =
        INLINE.toBuilder()
            .putMetadata("__temporal_external_storage_reference", ByteString.copyFromUtf8(mark))
            .build();

    assertThat(EncodedReference.isReference(payload)).isFalse();
  }

  @Test
  void whatDecodesToNoReferenceIsRejected() {
    StorageException error =
        catchThrowableOfType(
            StorageException.class, () -> EncodedReference.decode(List.of(mark(INLINE)), GZIP));

    assertThat(error.getReason()).isEqualTo(Reason.INVALID_CLAIM);
    assertThat(error).hasMessageContaining("codec").hasMessageNotContaining("sesame");
  }

  @Test
  void codecThatDecodesToSeveralIsRejected() {
    PayloadCodec doubling =
        new DecodingCodec() {
          @Override
          public List<Payload> decode(List<Payload> payloads) {
            return List.of(REFERENCE, REFERENCE);
          }
        };

    assertThatThrownBy(() -> EncodedReference.decode(List.of(mark(REFERENCE)), doubling))
        .isInstanceOf(StorageException.class);
  }

  @Test
  void codecsErrorReachesTheCaller() {
    Payload damaged = mark(REFERENCE).toBuilder().setData(ByteString.EMPTY).build();

    assertThatThrownBy(() -> EncodedReference.decode(List.of(damaged), GZIP))
        .isInstanceOf(PayloadCodecException.class);
  }

  private static Payload mark(Payload reference) {
    return TestPayloads.marked(reference, GZIP);
  }

  private static class DecodingCodec implements PayloadCodec {
    @Override
    public List<Payload> encode(List<Payload> payloads) {
      throw new AssertionError("Nothing should be encoded");
    }

    @Override
    public List<Payload> decode(List<Payload> payloads) {
      throw new AssertionError("Nothing should be decoded");
    }
  }
}
