package io.github.externalstorage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNoException;

import io.github.externalstorage.driver.InMemoryStorageDriver;
import io.github.externalstorage.driver.StorageDriverRetrieveContext;
import io.github.externalstorage.internal.converter.StorageDataConverter;
import io.github.externalstorage.reference.StorageReference;
import io.temporal.api.common.v1.Payload;
import io.temporal.api.common.v1.Payloads;
import io.temporal.common.converter.CodecDataConverter;
import io.temporal.common.converter.DataConverter;
import io.temporal.common.converter.DefaultDataConverter;
import io.temporal.payload.codec.PayloadCodec;
import io.temporal.payload.context.WorkflowSerializationContext;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StorageDataConverterTest {

  private static final DataConverter DEFAULT = DefaultDataConverter.STANDARD_INSTANCE;
  private static final PayloadCodec GZIP = new GzipPayloadCodec();
  private static final DataConverter COMPRESSING = new CodecDataConverter(DEFAULT, List.of(GZIP));

  private final InMemoryStorageDriver driver = InMemoryStorageDriver.newBuilder().build();
  private final ExternalStorage storage =
      ExternalStorage.newBuilder().setDriver(driver).setPayloadSizeThreshold(0).build();
  private final DataConverter converter = wrap(COMPRESSING);

  @Test
  void storesLastAndResolvesFirst() {
    Payload payload = converter.toPayload("value").orElseThrow();

    assertThat(StorageReference.isReference(payload)).isTrue();
    assertThat(storage.retrieve(StorageDriverRetrieveContext.empty(), List.of(payload)).join())
        .containsExactly(COMPRESSING.toPayload("value").orElseThrow());
    assertThat(converter.fromPayload(payload, String.class, String.class)).isEqualTo("value");
  }

  @Test
  void argumentsAreStoredAndResolvedInOrder() {
    Optional<Payloads> arguments = converter.toPayloads("first", "second");
    Class<?>[] types = {String.class, String.class};

    assertThat(arguments.orElseThrow().getPayloadsList()).allMatch(StorageReference::isReference);
    assertThat(converter.fromPayloads(arguments, types, types)).containsExactly("first", "second");
    assertThat(converter.<String>fromPayloads(1, arguments, String.class, String.class))
        .isEqualTo("second");
  }

  @Test
  void whatStaysInlineIsNotCopied() {
    Optional<Payloads> inline = DEFAULT.toPayloads("value");
    Optional<Payload> one = DEFAULT.toPayload("value");
    DataConverter fixed =
        new ForwardingDataConverter(DEFAULT) {
          @Override
          public <T> Optional<Payload> toPayload(T value) {
            return one;
          }

          @Override
          public Optional<Payloads> toPayloads(Object... values) {
            return inline;
          }
        };
    ExternalStorage storingLarge = ExternalStorage.newBuilder().setDriver(driver).build();
    DataConverter wrapped =
        StorageDataConverter.wrap(
            fixed,
            storingLarge.pipeline(),
            ExternalStorageCodec.newBuilder(storingLarge).settings());

    assertThat(wrapped.toPayloads("value")).isSameAs(inline);
    assertThat(wrapped.toPayload("value")).isSameAs(one);
  }

  @Test
  void codecOfTheConverterReadsEncodedReferences() {
    Payload marked = TestPayloads.marked(converter.toPayload("value").orElseThrow(), GZIP);

    assertThat(converter.fromPayload(marked, String.class, String.class)).isEqualTo("value");
  }

  @Test
  void contextReachesStorage() {
    converter.withContext(new WorkflowSerializationContext("ns", "id")).toPayload("value");

    assertThat(driver.getObjects().keySet()).singleElement().asString().startsWith("ns/id/");
  }

  @Test
  void twiceIsTheSameAsOnce() {
    DataConverter twice = wrap(converter);

    assertThat(twice.toPayload("value")).isEqualTo(converter.toPayload("value"));
    assertThat(driver.getObjects()).hasSize(1);
    assertThat(
            twice.fromPayload(twice.toPayload("value").orElseThrow(), String.class, String.class))
        .isEqualTo("value");
  }

  @Test
  void storageThatStandsLastByHandStays() {
    PayloadCodec codec = ExternalStorageCodec.newBuilder(storage).build();
    DataConverter byHand = new CodecDataConverter(DEFAULT, List.of(codec, GZIP));
    DataConverter around = new ForwardingDataConverter(converter);

    assertThat(wrap(byHand)).isSameAs(byHand);
    assertThat(wrap(around)).isSameAs(around);
  }

  @Test
  void anotherStorageIsRejected() {
    ExternalStorage other = ExternalStorage.newBuilder().setDriver(driver).build();

    assertThatIllegalStateException()
        .isThrownBy(
            () ->
                StorageDataConverter.wrap(
                    converter, other.pipeline(), ExternalStorageCodec.newBuilder(other).settings()))
        .withMessageContaining("another external storage");
  }

  @Test
  void whatRunsAfterStorageIsRejected() {
    PayloadCodec codec = ExternalStorageCodec.newBuilder(storage).build();
    DataConverter around = new CodecDataConverter(converter, List.of(GZIP));
    DataConverter wrongOrder = new CodecDataConverter(DEFAULT, List.of(GZIP, codec));

    for (DataConverter rejected : List.of(around, wrongOrder)) {
      assertThatIllegalStateException()
          .isThrownBy(() -> wrap(rejected))
          .withMessageContaining("runs after external storage")
          .withMessageContaining("put the storage codec first");
    }
    assertThat(driver.getObjects()).isEmpty();
  }

  @Test
  void whatAWorkerUsesIsChecked() {
    DataConverter around = new CodecDataConverter(converter, List.of(GZIP));

    assertThatNoException().isThrownBy(() -> StorageDataConverter.requireLast(converter));
    assertThatIllegalStateException()
        .isThrownBy(() -> StorageDataConverter.requireLast(around))
        .withMessageContaining("runs after external storage");
    assertThatIllegalStateException()
        .isThrownBy(() -> StorageDataConverter.requireLast(COMPRESSING))
        .withMessageContaining("put ExternalStoragePlugin last");
  }

  @Test
  void converterThatIsToStoreReplacesOneThatOnlyDecodes() {
    DataConverter decodeOnly =
        StorageDataConverter.wrap(
            COMPRESSING,
            storage.pipeline(),
            ExternalStorageCodec.newBuilder(storage).setDecodeOnly(true).settings());
    assertThat(decodeOnly.toPayload("value")).isEqualTo(COMPRESSING.toPayload("value"));

    DataConverter storing = wrap(decodeOnly);

    Payload payload = storing.toPayload("value").orElseThrow();
    assertThat(StorageReference.isReference(payload)).isTrue();
    assertThat(decodeOnly.fromPayload(payload, String.class, String.class)).isEqualTo("value");
  }

  private DataConverter wrap(DataConverter wrapped) {
    return StorageDataConverter.wrap(
        wrapped, storage.pipeline(), ExternalStorageCodec.newBuilder(storage).settings());
  }
}
