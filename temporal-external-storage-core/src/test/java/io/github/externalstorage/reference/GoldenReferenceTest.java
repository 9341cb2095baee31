package io.github.externalstorage.reference;

import static io.github.externalstorage.ReferenceAssertions.assertSameReference;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Struct;
import io.github.externalstorage.ExternalStorage;
import io.github.externalstorage.ExternalStorageCodec;
import io.github.externalstorage.Golden;
import io.github.externalstorage.GzipPayloadCodec;
import io.github.externalstorage.StubStorageDriver;
import io.github.externalstorage.driver.StorageDriverClaim;
import io.github.externalstorage.driver.StorageDriverRetrieveContext;
import io.temporal.api.common.v1.Payload;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The four spellings of a reference, as Python and TypeScript wrote them. */
class GoldenReferenceTest {

  private static final Struct GOLDEN = Golden.load("reference-spellings.json");
  private static final Struct OBJECT = Golden.object(GOLDEN, "object");
  private static final GzipPayloadCodec GZIP = new GzipPayloadCodec();

  static Stream<String> spellings() {
    return Golden.object(GOLDEN, "references").getFieldsMap().keySet().stream().sorted();
  }

  @Test
  void thereAreFour() {
    assertThat(spellings()).containsExactly("camelCase", "legacy", "marked", "standard");
  }

  @ParameterizedTest
  @MethodSource("spellings")
  void resolvesToThePayload(String spelling) {
    ExternalStorageCodec codec =
        ExternalStorageCodec.newBuilder(
                ExternalStorage.newBuilder().setDriver(new GoldenDriver()).build())
            .setReferenceCodec(GZIP)
            .build();

    assertThat(GZIP.decode(codec.decode(List.of(reference(spelling)))))
        .containsExactly(Golden.payload(Golden.object(GOLDEN, "decoded")));
  }

  @ParameterizedTest
  @MethodSource("spellings")
  void hasTheSizeOfTheStoredPayload(String spelling) {
    assertThat(read(spelling).sizeBytes())
        .isEqualTo(Golden.bytes(OBJECT, "body_base64").size())
        .isEqualTo(109);
  }

  @ParameterizedTest
  @MethodSource("spellings")
  void isWrittenInTheStandardSpelling(String spelling) {
    StorageReference reference = read(spelling);
    if (spelling.equals("camelCase")) {
      // The keys of a claim are the driver's own: they stay as they are.
      assertThat(reference.claim().getClaimData())
          .isEqualTo(
              Map.of(
                  "bucket", Golden.string(OBJECT, "bucket"),
                  "key", Golden.string(OBJECT, "key"),
                  "hashAlgorithm", "sha256",
                  "hashValue", hash()));
      assertSameReference(reference.toPayload(), reference("camelCase"));
    } else {
      assertSameReference(reference.toPayload(), reference("standard"));
    }
  }

  private static Payload reference(String spelling) {
    return Golden.payload(Golden.object(Golden.object(GOLDEN, "references"), spelling));
  }

  private static StorageReference read(String spelling) {
    List<Payload> readable = EncodedReference.decode(List.of(reference(spelling)), GZIP);
    return StorageReference.parse(readable.get(0)).orElseThrow();
  }

  private static String hash() {
    String key = Golden.string(OBJECT, "key");
    return key.substring(key.lastIndexOf('/') + 1);
  }

  /** Holds the one golden object. */
  private static final class GoldenDriver extends StubStorageDriver {
    private GoldenDriver() {
      super("aws.s3driver");
    }

    @Override
    public CompletableFuture<Payload> retrieve(
        StorageDriverRetrieveContext context, StorageDriverClaim claim) {
      assertThat(claim.getClaimData())
          .containsEntry("bucket", Golden.string(OBJECT, "bucket"))
          .containsEntry("key", Golden.string(OBJECT, "key"));
      try {
        return CompletableFuture.completedFuture(
            Payload.parseFrom(Golden.bytes(OBJECT, "body_base64")));
      } catch (InvalidProtocolBufferException e) {
        throw new AssertionError(e);
      }
    }
  }
}
