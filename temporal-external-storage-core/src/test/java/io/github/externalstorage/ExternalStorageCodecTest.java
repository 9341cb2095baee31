package io.github.externalstorage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.externalstorage.driver.InMemoryStorageDriver;
import io.github.externalstorage.internal.converter.StorageWaitTest;
import io.github.externalstorage.reference.StorageReference;
import io.temporal.api.common.v1.Payload;
import io.temporal.failure.ApplicationFailure;
import io.temporal.payload.codec.PayloadCodec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is stored and resolved; for waiting see {@link StorageWaitTest}. */
class ExternalStorageCodecTest {

  private static final int THRESHOLD = 100;
  private static final int MAXIMUM = 1000;
  private static final Payload SMALL = TestPayloads.ofSize(THRESHOLD - 1);
  private static final Payload LARGE = TestPayloads.ofSize(THRESHOLD);
  private static final Payload TOO_LARGE = TestPayloads.ofSize(MAXIMUM + 1);

  private final InMemoryStorageDriver driver =
      InMemoryStorageDriver.newBuilder().setMaxPayloadSize(MAXIMUM).build();
  private final ExternalStorage storage =
      ExternalStorage.newBuilder().setDriver(driver).setPayloadSizeThreshold(THRESHOLD).build();
  private final PayloadCodec codec = ExternalStorageCodec.newBuilder(storage).build();

  @Test
  void largePayloadsAreStoredAndResolved() {
    List<Payload> encoded = codec.encode(List.of(LARGE, SMALL, LARGE));

    assertThat(encoded).map(StorageReference::isReference).containsExactly(true, false, true);
    assertThat(codec.decode(encoded)).containsExactly(LARGE, SMALL, LARGE);
    assertThat(driver.getObjects()).hasSize(1);
  }

  @Test
  void smallPayloadsPass() {
    List<Payload> payloads = List.of(SMALL, SMALL);

    assertThat(codec.encode(payloads)).isSameAs(payloads);
    assertThat(codec.decode(payloads)).isSameAs(payloads);
    assertThat(codec.encode(List.of())).isEmpty();
  }

  @Test
  void referencesAreNotStoredAgain() {
    PayloadCodec storingAll =
        ExternalStorageCodec.newBuilder(
                ExternalStorage.newBuilder().setDriver(driver).setPayloadSizeThreshold(0).build())
            .build();
    List<Payload> once = storingAll.encode(List.of(SMALL));

    assertThat(storingAll.encode(once)).isEqualTo(once);
    assertThat(driver.getObjects()).hasSize(1);
  }

  @Test
  void payloadThatCanNotBeStoredIsANonRetryableFailure() {
    assertRejected(codec);
  }

  @Test
  void decodeOnlyResolvesAndRejectsButStoresNothing() {
    List<Payload> encoded = codec.encode(List.of(LARGE));
    PayloadCodec decodeOnly = ExternalStorageCodec.newBuilder(storage).setDecodeOnly(true).build();

    assertThat(decodeOnly.decode(encoded)).containsExactly(LARGE);
    driver.getObjects().clear();
    List<Payload> payloads = List.of(LARGE, SMALL);
    assertThat(decodeOnly.encode(payloads)).isSameAs(payloads);
    assertThat(driver.getObjects()).isEmpty();
    assertRejected(decodeOnly);
  }

  @Test
  void nothingIsRejectedWhereNothingIsStored() {
    ExternalStorage reading =
        ExternalStorage.newBuilder()
            .setDriver(driver)
            .setPayloadSizeThreshold(THRESHOLD)
            .setStoreEnabled(false)
            .build();
    PayloadCodec readingCodec = ExternalStorageCodec.newBuilder(reading).build();

    assertThat(readingCodec.encode(List.of(TOO_LARGE))).containsExactly(TOO_LARGE);
    assertThat(readingCodec.decode(codec.encode(List.of(LARGE)))).containsExactly(LARGE);
  }

  @Test
  void maximumIsThatOfTheSelectedDriver() {
    InMemoryStorageDriver larger = InMemoryStorageDriver.newBuilder().setName("larger").build();
    PayloadCodec selecting =
        ExternalStorageCodec.newBuilder(
                ExternalStorage.newBuilder()
                    .setDrivers(List.of(driver, larger))
                    .setDriverSelector(
                        (context, payload) ->
                            payload.getSerializedSize() > MAXIMUM ? larger : driver)
                    .setPayloadSizeThreshold(THRESHOLD)
                    .build())
            .build();

    selecting.encode(List.of(TOO_LARGE, LARGE));

    assertThat(larger.getObjects()).hasSize(1);
    assertThat(driver.getObjects()).hasSize(1);
  }

  @Test
  void selectorIsCalledOnceForEachPayload() {
    List<Payload> asked = new ArrayList<>();
    PayloadCodec selecting =
        ExternalStorageCodec.newBuilder(
                ExternalStorage.newBuilder()
                    .setDriver(driver)
                    .setDriverSelector(
                        (context, payload) -> {
                          asked.add(payload);
                          return driver;
                        })
                    .setPayloadSizeThreshold(THRESHOLD)
                    .build())
            .build();

    selecting.encode(List.of(LARGE, SMALL, LARGE));

    assertThat(asked).containsExactly(LARGE, LARGE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"PT0S", "PT-1S"})
  void waitIsPositive(Duration maxWait) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ExternalStorageCodec.newBuilder(storage).setMaxWait(maxWait))
        .withMessageContaining(maxWait.toString());
  }

  private void assertRejected(PayloadCodec refusing) {
    ApplicationFailure failure =
        catchThrowableOfType(
            ApplicationFailure.class, () -> refusing.encode(List.of(LARGE, TOO_LARGE)));

    assertThat(failure.isNonRetryable()).isTrue();
    assertThat(failure.getType()).isEqualTo("PayloadTooLarge");
    assertThat(failure.getOriginalMessage())
        .contains("1001 bytes")
        .contains("1000 bytes")
        .contains("'in-memory'");
    assertThat(driver.getObjects()).isEmpty();
  }
}
