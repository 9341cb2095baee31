package io.github.externalstorage.reference;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import com.google.protobuf.util.JsonFormat;
import io.github.externalstorage.Edits;
import io.github.externalstorage.GzipPayloadCodec;
import io.github.externalstorage.TestPayloads;
import io.github.externalstorage.driver.StorageDriverClaim;
import io.github.externalstorage.driver.StorageException;
import io.github.externalstorage.driver.StorageException.Reason;
import io.temporal.api.common.v1.Payload;
import io.temporal.api.sdk.v1.ExternalStorageReference;
import io.temporal.payload.codec.PayloadCodecException;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Properties of every reference, and of everything that only looks like one. */
final class ReferencePropertiesTest {

  private static final GzipPayloadCodec GZIP = new GzipPayloadCodec();

  @Property(seed = "1")
  void standardIsReadAsItWasWritten(@ForAll("references") StorageReference reference) {
    assertThat(StorageReference.parse(reference.toPayload())).contains(reference);
  }

  /** As Java's SDK prints it, and as protobuf prints it with the names of its fields. */
  @Property(seed = "2")
  void standardIsReadHoweverItIsPrinted(@ForAll("references") StorageReference reference)
      throws InvalidProtocolBufferException {
    ExternalStorageReference message =
        ExternalStorageReference.newBuilder()
            .setDriverName(reference.driverName())
            .putAllClaimData(reference.claim().getClaimData())
            .build();

    for (JsonFormat.Printer printer :
        List.of(
            JsonFormat.printer(),
            JsonFormat.printer().preservingProtoFieldNames(),
            JsonFormat.printer().sortingMapKeys())) {
      assertThat(StorageReference.parse(withData(reference.toPayload(), message, printer)))
          .contains(reference);
    }
  }

  @Property(seed = "3")
  void legacyIsReadAsItWasWritten(@ForAll("references") StorageReference reference)
      throws InvalidProtocolBufferException {
    assertThat(StorageReference.parse(legacy(reference))).contains(reference);
  }

  @Property(seed = "4")
  void markedIsReadAsItWasWritten(@ForAll("references") StorageReference reference) {
    Payload marked = TestPayloads.marked(reference.toPayload(), GZIP);

    assertThat(EncodedReference.decode(List.of(marked), GZIP))
        .singleElement()
        .satisfies(decoded -> assertThat(StorageReference.parse(decoded)).contains(reference));
  }

  @Property(seed = "5", tries = 300)
  void damagedIsReadOrRejected(
      @ForAll("references") StorageReference reference, @ForAll("edits") List<Integer> edits)
      throws InvalidProtocolBufferException {
    for (Payload payload : List.of(reference.toPayload(), legacy(reference))) {
      assertReadOrRejected(
          payload.toBuilder().setData(Edits.apply(payload.getData(), edits)).build());
    }
  }

  @Property(seed = "6", tries = 300)
  void damagedMarkedIsReadOrRejected(
      @ForAll("references") StorageReference reference, @ForAll("edits") List<Integer> edits) {
    Payload marked = TestPayloads.marked(reference.toPayload(), GZIP);
    Payload damaged = marked.toBuilder().setData(Edits.apply(marked.getData(), edits)).build();
    try {
      EncodedReference.decode(List.of(damaged), GZIP)
          .forEach(ReferencePropertiesTest::assertReadOrRejected);
    } catch (StorageException e) {
      assertThat(e.getReason()).isEqualTo(Reason.INVALID_CLAIM);
    } catch (PayloadCodecException e) {
      assertThat(e).hasMessageContaining("binary/gzip");
    }
  }

  @Property(seed = "7")
  void anyTextIsReadOrRejected(@ForAll("texts") String text) {
    assertReadOrRejected(
        new StorageReference("d", new StorageDriverClaim(Map.of()), 0)
            .toPayload().toBuilder().setData(ByteString.copyFromUtf8(text)).build());
  }

  @Provide
  Arbitrary<StorageReference> references() {
    Arbitrary<StorageDriverClaim> claims =
        Arbitraries.maps(texts(), texts()).ofMaxSize(20).map(StorageDriverClaim::new);
    return Combinators.combine(
            texts().filter(name -> !name.isBlank()), claims, Arbitraries.longs().greaterOrEqual(0))
        .as(StorageReference::new);
  }

  /** Any Unicode text without unpaired surrogates, which Protobuf can't encode. */
  @Provide
  Arbitrary<String> texts() {
    return Arbitraries.oneOf(
            Arbitraries.integers().between(0, 0xd7ff),
            Arbitraries.integers().between(0xe000, Character.MAX_CODE_POINT),
            Arbitraries.chars().with("\"\\{}[]:,\u0000\n./%").map(c -> (int) c))
        .list()
        .ofMaxSize(30)
        .map(
            points -> {
              StringBuilder text = new StringBuilder();
              points.forEach(text::appendCodePoint);
              return text.toString();
            });
  }

  @Provide
  Arbitrary<List<Integer>> edits() {
    return Arbitraries.integers().list().ofMinSize(1).ofMaxSize(6);
  }

  private static void assertReadOrRejected(Payload payload) {
    try {
      assertThat(StorageReference.parse(payload)).isPresent();
    } catch (StorageException e) {
      assertThat(e.getReason()).isEqualTo(Reason.INVALID_CLAIM);
      assertThat(e).hasNoCause();
    }
  }

  private static Payload legacy(StorageReference reference) throws InvalidProtocolBufferException {
    Struct.Builder claim = Struct.newBuilder();
    reference
        .claim()
        .getClaimData()
        .forEach(
            (key, value) -> claim.putFields(key, Value.newBuilder().setStringValue(value).build()));
    Struct json =
        struct("driver_name", Value.newBuilder().setStringValue(reference.driverName()).build())
            .putFields("driver_claim", value(struct("claim_data", value(claim))))
            .build();
    Payload.Builder legacy = reference.toPayload().toBuilder();
    legacy.clearMetadata();
    legacy.putMetadata("encoding", ByteString.copyFromUtf8("json/external-storage-reference"));
    return withData(legacy.build(), json, JsonFormat.printer());
  }

  private static Struct.Builder struct(String name, Value value) {
    return Struct.newBuilder().putFields(name, value);
  }

  private static Value value(Struct.Builder struct) {
    return Value.newBuilder().setStructValue(struct).build();
  }

  private static Payload withData(Payload payload, Message message, JsonFormat.Printer printer)
      throws InvalidProtocolBufferException {
    return payload.toBuilder().setData(ByteString.copyFromUtf8(printer.print(message))).build();
  }
}
