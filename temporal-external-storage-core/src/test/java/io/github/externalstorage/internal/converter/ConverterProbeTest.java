package io.github.externalstorage.internal.converter;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.externalstorage.ExternalStorage;
import io.github.externalstorage.ExternalStorageCodec;
import io.github.externalstorage.ForwardingDataConverter;
import io.github.externalstorage.GzipPayloadCodec;
import io.github.externalstorage.TestPayloads;
import io.github.externalstorage.driver.InMemoryStorageDriver;
import io.github.externalstorage.internal.converter.ConverterProbe.Position;
import io.github.externalstorage.reference.StorageReference;
import io.temporal.api.common.v1.Payload;
import io.temporal.common.converter.CodecDataConverter;
import io.temporal.common.converter.DataConverter;
import io.temporal.common.converter.DefaultDataConverter;
import io.temporal.payload.codec.PayloadCodec;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ConverterProbeTest {

  private static final DataConverter DEFAULT = DefaultDataConverter.STANDARD_INSTANCE;
  private static final PayloadCodec GZIP = new GzipPayloadCodec();

  private final InMemoryStorageDriver driver = InMemoryStorageDriver.newBuilder().build();
  private final ExternalStorage storage =
      ExternalStorage.newBuilder().setDriver(driver).setPayloadSizeThreshold(0).build();
  private final PayloadCodec codec = ExternalStorageCodec.newBuilder(storage).build();

  @AfterEach
  void nothingWasStored() {
    assertThat(driver.getObjects()).isEmpty();
  }

  @Test
  void absent() {
    assertPosition(DEFAULT, Position.ABSENT);
    assertPosition(with(GZIP), Position.ABSENT);
  }

  @Test
  void last() {
    assertPosition(with(codec), Position.LAST);
    assertPosition(with(codec, GZIP), Position.LAST);
    assertPosition(new CodecDataConverter(with(GZIP), List.of(codec)), Position.LAST);
    assertPosition(new ForwardingDataConverter(with(codec)), Position.LAST);
  }

  @Test
  void lastThoughItOnlyDecodes() {
    PayloadCodec decodeOnly = ExternalStorageCodec.newBuilder(storage).setDecodeOnly(true).build();

    assertPosition(with(decodeOnly, GZIP), Position.LAST);
    assertPosition(with(GZIP, decodeOnly), Position.NOT_LAST);
  }

  @Test
  void notLast() {
    assertPosition(with(GZIP, codec), Position.NOT_LAST);
    assertPosition(new CodecDataConverter(with(codec), List.of(GZIP)), Position.NOT_LAST);
  }

  @Test
  void notLastIfWhatFollowsIgnoresShortPayloads() {
    PayloadCodec gzipOfLongPayloads =
        new PayloadCodec() {
          @Override
          public List<Payload> encode(List<Payload> payloads) {
            return payloads.get(0).getSerializedSize() < 300 ? payloads : GZIP.encode(payloads);
          }

          @Override
          public List<Payload> decode(List<Payload> payloads) {
            return GZIP.decode(payloads);
          }
        };

    assertPosition(with(gzipOfLongPayloads, codec), Position.NOT_LAST);
  }

  @Test
  void notLastIfWhatFollowsDropsThePayload() {
    assertPosition(
        new ForwardingDataConverter(with(codec)) {
          @Override
          public <T> Optional<Payload> toPayload(T value) {
            super.toPayload(value);
            return Optional.empty();
          }
        },
        Position.NOT_LAST);
  }

  @Test
  void notLastIfWhatFollowsFails() {
    assertPosition(
        new ForwardingDataConverter(with(codec)) {
          @Override
          public <T> Optional<Payload> toPayload(T value) {
            super.toPayload(value);
            throw new IllegalStateException("The key service does not respond");
          }
        },
        Position.NOT_LAST);
  }

  @Test
  void absentIfTheConverterTakesNoStrings() {
    assertPosition(
        new ForwardingDataConverter(with(codec)) {
          @Override
          public <T> Optional<Payload> toPayload(T value) {
            throw new IllegalArgumentException("Only numbers");
          }
        },
        Position.ABSENT);
  }

  @Test
  void otherThreadsStoreMeanwhile() {
    Payload payload = TestPayloads.json("1");
    DataConverter busy =
        new ForwardingDataConverter(with(codec)) {
          @Override
          public <T> Optional<Payload> toPayload(T value) {
            List<Payload> stored =
                CompletableFuture.supplyAsync(() -> codec.encode(List.of(payload))).join();
            assertThat(stored).allMatch(StorageReference::isReference);
            return super.toPayload(value);
          }
        };

    assertPosition(busy, Position.LAST);
    assertThat(driver.getObjects()).hasSize(1);
    driver.getObjects().clear();
  }

  @Test
  void storesAgainAfterwards() {
    assertPosition(with(codec), Position.LAST);

    assertThat(codec.encode(List.of(TestPayloads.json("1"))))
        .allMatch(StorageReference::isReference);
    driver.getObjects().clear();
  }

  private static DataConverter with(PayloadCodec... codecs) {
    return new CodecDataConverter(DEFAULT, List.of(codecs));
  }

  private static void assertPosition(DataConverter converter, Position expected) {
    assertThat(ConverterProbe.locate(converter).position()).isEqualTo(expected);
  }
}
