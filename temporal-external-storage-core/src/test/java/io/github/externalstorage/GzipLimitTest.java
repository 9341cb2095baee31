package io.github.externalstorage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.google.protobuf.ByteString;
import com.sun.management.ThreadMXBean;
import io.temporal.api.common.v1.Payload;
import io.temporal.payload.codec.PayloadCodecException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The decompressed size is limited, whatever size the data states. */
class GzipLimitTest {

  private static final int MIB = 1 << 20;

  @ParameterizedTest
  @ValueSource(ints = {40, 1023, 1024, 1025, 70_000, 3 * MIB})
  void payloadOfExactlyTheLimitIsDecoded(int size) {
    Payload payload = TestPayloads.ofSize(size);
    List<Payload> encoded = new GzipPayloadCodec().encode(List.of(payload));

    assertThat(limitedTo(size).decode(encoded)).containsExactly(payload);
    assertRejected(encoded, size - 1);
    assertRejected(encoded, 1);
  }

  @Test
  void limitHoldsForAllMembersTogether() {
    Payload payload = TestPayloads.ofSize(1000);
    ByteString first = compress(payload.toByteString().substring(0, 500));
    ByteString second = compress(payload.toByteString().substring(500));
    List<Payload> encoded = List.of(GzipSamples.payload(first.concat(second)));

    assertThat(limitedTo(1000).decode(encoded)).containsExactly(payload);
    assertRejected(encoded, 999);
  }

  @Test
  void emptyMembersFitIntoAnyLimit() {
    ByteString members = compress(ByteString.EMPTY).concat(compress(ByteString.EMPTY));

    assertThat(limitedTo(1).decode(List.of(GzipSamples.payload(members))))
        .containsExactly(Payload.getDefaultInstance());
  }

  @Test
  void manyEmptyMembersAreDecoded() {
    String member = compress(ByteString.EMPTY).toString(StandardCharsets.ISO_8859_1);
    ByteString members = ByteString.copyFrom(member.repeat(200_000), StandardCharsets.ISO_8859_1);

    assertThat(limitedTo(1).decode(List.of(GzipSamples.payload(members))))
        .containsExactly(Payload.getDefaultInstance());
  }

  /** Only one layer is decompressed. */
  @Test
  void nestedBombIsDecompressedOnce() {
    GzipPayloadCodec codec = new GzipPayloadCodec();
    List<Payload> bomb = codec.encode(List.of(TestPayloads.ofSize(8 * MIB)));

    assertThat(limitedTo(MIB).decode(codec.encode(bomb))).isEqualTo(bomb);
    assertRejected(bomb, MIB);
  }

  @Test
  void bombIsRejectedInBoundedMemory() {
    ByteString bomb = compress(ByteString.copyFrom(new byte[64 * MIB]));
    assertThat(bomb.size()).isLessThan(70_000);

    assertThat(bytesAllocatedBy(() -> assertRejected(List.of(GzipSamples.payload(bomb)), MIB)))
        .isLessThan(4 * MIB);
  }

  @ParameterizedTest
  @ValueSource(strings = {"00000000", "ff000000", "ffffff7f", "ffffffff"})
  void bombThatStatesAWrongSizeIsRejectedInBoundedMemory(String size) {
    ByteString bomb = withSize(compress(ByteString.copyFrom(new byte[64 * MIB])), size);

    assertThat(bytesAllocatedBy(() -> assertRejected(List.of(GzipSamples.payload(bomb)), MIB)))
        .isLessThan(4 * MIB);
  }

  @ParameterizedTest
  @ValueSource(strings = {"00000000", "01000000", "ffffff7f", "ffffffff"})
  void smallDataThatStatesAWrongSizeGetsNoLargeBuffer(String size) {
    ByteString sample = withSize(compress(TestPayloads.json("1").toByteString()), size);

    assertThat(
            bytesAllocatedBy(
                () ->
                    assertThatExceptionOfType(PayloadCodecException.class)
                        .isThrownBy(
                            () ->
                                new GzipPayloadCodec().decode(List.of(GzipSamples.payload(sample))))
                        .withMessageContaining("length")))
        .isLessThan(MIB);
  }

  @Test
  void nestedBombLosesOneLayer() {
    List<Payload> once =
        new GzipPayloadCodec().encode(List.of(TestPayloads.json("0".repeat(64 * MIB))));
    List<Payload> twice = new GzipPayloadCodec().encode(once);

    assertThat(limitedTo(MIB).decode(twice)).isEqualTo(once);
    assertRejected(once, MIB);
  }

  private static void assertRejected(List<Payload> payloads, int limit) {
    assertThatExceptionOfType(PayloadCodecException.class)
        .isThrownBy(() -> limitedTo(limit).decode(payloads))
        .withMessageContaining("limit of " + limit + " bytes")
        .withMessageContaining("setMaxDecompressedSize");
  }

  private static GzipPayloadCodec limitedTo(int bytes) {
    return GzipPayloadCodec.newBuilder().setMaxDecompressedSize(bytes).build();
  }

  private static ByteString compress(ByteString data) {
    return ByteString.copyFrom(GzipSamples.compress(data.toByteArray()));
  }

  private static ByteString withSize(ByteString gzip, String trailer) {
    return gzip.substring(0, gzip.size() - 4).concat(ByteString.fromHex(trailer));
  }

  private static long bytesAllocatedBy(Runnable action) {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    action.run(); // What is allocated once, such as classes, does not count.
    long before = threads.getCurrentThreadAllocatedBytes();
    action.run();
    return threads.getCurrentThreadAllocatedBytes() - before;
  }
}
