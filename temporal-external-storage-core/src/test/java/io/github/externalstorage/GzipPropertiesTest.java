package io.github.externalstorage;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import io.temporal.api.common.v1.Payload;
import io.temporal.payload.codec.PayloadCodec;
import io.temporal.payload.codec.PayloadCodecException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** Properties of every payload, and of any bytes in place of gzip. */
final class GzipPropertiesTest {

  private static final int LIMIT = 1 << 20;

  @Property(seed = "1")
  void decodedIsWhatWasEncoded(
      @ForAll("payloads") List<Payload> payloads, @ForAll @IntRange(min = 1, max = 9) int level) {
    PayloadCodec codec = GzipPayloadCodec.newBuilder().setLevel(level).build();

    assertThat(new GzipPayloadCodec().decode(codec.encode(payloads))).isEqualTo(payloads);
    assertThat(codec.decode(codec.decode(codec.encode(codec.encode(payloads)))))
        .isEqualTo(payloads);
  }

  /** If the data is a view of a larger buffer, only the view must be read. */
  @Property(seed = "4", tries = 200)
  void viewsAreEncodedAndDecodedAsWhatTheyShow(
      @ForAll("payload") Payload payload, @ForAll("views") UnaryOperator<ByteString> view) {
    PayloadCodec codec = new GzipPayloadCodec();

    Payload encoded = codec.encode(List.of(withData(payload, view))).get(0);

    assertThat(codec.decode(List.of(withData(encoded, view)))).containsExactly(payload);
  }

  private static Payload withData(Payload payload, UnaryOperator<ByteString> view) {
    return payload.toBuilder().setData(view.apply(payload.getData())).build();
  }

  @Provide
  Arbitrary<UnaryOperator<ByteString>> views() {
    ByteString others = ByteString.copyFromUtf8("#".repeat(200));
    return Arbitraries.of(
        data -> others.concat(data).concat(others).substring(200, 200 + data.size()),
        data -> data.substring(0, data.size() / 2).concat(data.substring(data.size() / 2)),
        data -> wrap(ByteBuffer.allocate(data.size() + 30), data),
        data -> wrap(ByteBuffer.allocateDirect(data.size() + 30), data));
  }

  private static ByteString wrap(ByteBuffer larger, ByteString data) {
    larger.position(10).limit(10 + data.size());
    data.copyTo(larger);
    return UnsafeByteOperations.unsafeWrap(larger.position(10));
  }

  /** The checksum has 32 bits, so it is unlikely that damage passes it in so few attempts. */
  @Property(seed = "2", tries = 500)
  void damagedIsTheSameOrRejected(
      @ForAll("payload") Payload payload, @ForAll("edits") List<Integer> edits) {
    ByteString data = new GzipPayloadCodec().encode(List.of(payload)).get(0).getData();

    List<Payload> decoded = decodeOrRefuse(Edits.apply(data, edits));

    assertThat(decoded).isIn(List.of(), List.of(payload));
  }

  @Property(seed = "3", tries = 500)
  void anyBytesAreRejected(@ForAll byte[] bytes) {
    assertThat(decodeOrRefuse(ByteString.copyFrom(bytes))).isEmpty();
    assertThat(
            decodeOrRefuse(
                ByteString.fromHex("1f8b08000000000000ff").concat(ByteString.copyFrom(bytes))))
        .isIn(List.of(), List.of(Payload.getDefaultInstance()));
  }

  private static List<Payload> decodeOrRefuse(ByteString data) {
    PayloadCodec codec = GzipPayloadCodec.newBuilder().setMaxDecompressedSize(LIMIT).build();
    try {
      return codec.decode(List.of(GzipSamples.payload(data)));
    } catch (PayloadCodecException e) {
      assertThat(e).hasNoCause().hasMessageContaining("binary/gzip");
      return List.of();
    }
  }

  @Provide
  Arbitrary<Payload> payload() {
    Arbitrary<ByteString> bytes =
        Arbitraries.bytes().array(byte[].class).ofMaxSize(300).map(ByteString::copyFrom);
    Arbitrary<Map<String, ByteString>> metadata =
        Arbitraries.maps(Arbitraries.strings().alpha().ofMaxLength(8), bytes).ofMaxSize(4);
    return Combinators.combine(metadata, bytes)
        .as((entries, data) -> Payload.newBuilder().putAllMetadata(entries).setData(data).build());
  }

  @Provide
  Arbitrary<List<Payload>> payloads() {
    return payload().list().ofMaxSize(5);
  }

  @Provide
  Arbitrary<List<Integer>> edits() {
    return Arbitraries.integers().list().ofMinSize(1).ofMaxSize(4);
  }
}
