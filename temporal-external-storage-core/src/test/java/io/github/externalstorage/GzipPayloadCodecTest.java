package io.github.externalstorage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.google.protobuf.ByteString;
import io.github.externalstorage.driver.StorageDriverClaim;
import io.github.externalstorage.reference.StorageReference;
import io.temporal.api.common.v1.Payload;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GzipPayloadCodecTest {

  private final GzipPayloadCodec codec = new GzipPayloadCodec();

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 1023, 1024, 65_536, 20 << 20})
  void randomDataComesBack(int size) {
    byte[] data = new byte[size];
    new Random(size).nextBytes(data);
    Payload payload = Payload.newBuilder().setData(ByteString.copyFrom(data)).build();

    assertThat(codec.decode(codec.encode(List.of(payload)))).containsExactly(payload);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 1023, 1024, 65_536, 20 << 20})
  void compressibleDataComesBack(int size) {
    Payload payload = TestPayloads.json("fulfillment ".repeat(size / 12) + "x".repeat(size % 12));

    List<Payload> encoded = codec.encode(List.of(payload));

    assertThat(codec.decode(encoded)).containsExactly(payload);
    assertThat(encoded.get(0).getSerializedSize()).isLessThan(100 + size / 100);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9})
  void everyLevelCanBeRead(int level) {
    Payload payload = TestPayloads.json("fulfillment ".repeat(1000));
    GzipPayloadCodec leveled = GzipPayloadCodec.newBuilder().setLevel(level).build();

    assertThat(codec.decode(leveled.encode(List.of(payload)))).containsExactly(payload);
  }

  @Test
  void levelsTradeSizeForTime() {
    byte[] data = new byte[100_000];
    Random random = new Random(0);
    for (int i = 0; i < data.length; i++) {
      data[i] = (byte) ('a' + random.nextInt(4));
    }
    List<Payload> payloads =
        List.of(Payload.newBuilder().setData(ByteString.copyFrom(data)).build());
    GzipPayloadCodec fast = GzipPayloadCodec.newBuilder().setLevel(1).build();
    GzipPayloadCodec small = GzipPayloadCodec.newBuilder().setLevel(9).build();

    assertThat(small.encode(payloads).get(0).getData().size())
        .isLessThan(fast.encode(payloads).get(0).getData().size());
  }

  @Test
  void encodedPayloadHasOnlyItsEncoding() {
    Payload encoded = codec.encode(List.of(TestPayloads.json("1"))).get(0);

    assertThat(encoded.getMetadataMap())
        .containsExactly(Map.entry("encoding", ByteString.copyFromUtf8("binary/gzip")));
    assertThat(encoded.getData().startsWith(ByteString.fromHex("1f8b08"))).isTrue();
  }

  @Test
  void everythingOfAPayloadComesBack() {
    Payload reference =
        new StorageReference("driver", new StorageDriverClaim(Map.of("k", "v")), 5).toPayload();

    assertThat(codec.decode(codec.encode(List.of(reference, Payload.getDefaultInstance()))))
        .containsExactly(reference, Payload.getDefaultInstance());
  }

  @Test
  void otherEncodingsPassInTheirPlaces() {
    Payload plain = TestPayloads.json("1");
    Payload other =
        plain.toBuilder().putMetadata("encoding", ByteString.copyFromUtf8("Binary/gzip")).build();
    Payload none = Payload.getDefaultInstance();
    Payload encoded = codec.encode(List.of(plain)).get(0);

    assertThat(codec.decode(List.of(none, encoded, other, plain)))
        .containsExactly(none, plain, other, plain);
    assertThat(codec.decode(List.of())).isEmpty();
  }

  @Test
  void oneLayerIsTakenOff() {
    List<Payload> once = codec.encode(List.of(TestPayloads.json("1")));

    assertThat(codec.decode(codec.encode(once))).isEqualTo(once);
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 0, 10})
  void levelIsOneToNine(int level) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> GzipPayloadCodec.newBuilder().setLevel(level))
        .withMessageContaining("1 to 9, not " + level);
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 0})
  void limitIsAtLeastOneByte(int limit) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> GzipPayloadCodec.newBuilder().setMaxDecompressedSize(limit))
        .withMessageContaining("not " + limit);
  }
}
