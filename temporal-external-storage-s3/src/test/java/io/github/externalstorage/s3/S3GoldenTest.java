package io.github.externalstorage.s3;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Struct;
import io.github.externalstorage.ExternalStorage;
import io.github.externalstorage.ExternalStorageCodec;
import io.github.externalstorage.GzipPayloadCodec;
import io.github.externalstorage.driver.StorageDriverRetrieveContext;
import io.github.externalstorage.driver.StorageDriverStoreContext;
import io.github.externalstorage.fixtures.GoldenJson;
import io.github.externalstorage.reference.StorageReference;
import io.temporal.api.common.v1.Payload;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.core.async.AsyncRequestBody;
import software.amazon.awssdk.core.async.AsyncResponseTransformer;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

/** Objects and references are compatible with the drivers of other SDKs, in both directions. */
final class S3GoldenTest {

  private static final Struct SPELLINGS = GoldenJson.load("reference-spellings.json");

  @AutoClose private static final S3ProxyServer SERVER = new S3ProxyServer();

  @AutoClose
  private static final S3AsyncClient CLIENT = TestClients.plain(SERVER.endpoint()).build();

  /** Has no cache, so that every payload goes through S3. */
  private final ExternalStorage storage =
      ExternalStorage.newBuilder()
          .setDriver(
              S3StorageDriver.newBuilder()
                  .setClient(CLIENT)
                  .setBucket(Samples.BUCKET)
                  .setStandardClaimsOnly(true)
                  .build())
          .setPayloadSizeThreshold(0)
          .setCacheMaxBytes(0)
          .build();

  @BeforeAll
  static void createBucket() {
    CLIENT.createBucket(it -> it.bucket(Samples.BUCKET)).join();
  }

  static Stream<String> spellings() {
    return GoldenJson.object(SPELLINGS, "references").getFieldsMap().keySet().stream().sorted();
  }

  @ParameterizedTest
  @MethodSource("io.github.externalstorage.s3.GoldenVector#all")
  void isWrittenAsByPython(GoldenVector vector) throws InvalidProtocolBufferException {
    StorageDriverStoreContext context = StorageDriverStoreContext.of(vector.target().orElse(null));

    List<Payload> references = storage.store(context, List.of(vector.payload())).join();

    assertThat(references).hasSize(1);
    Payload reference = references.get(0);
    assertThat(StorageReference.parse(reference))
        .isEqualTo(StorageReference.parse(vector.reference()))
        .isPresent();
    assertThat(reference.toBuilder().clearData().build())
        .isEqualTo(vector.reference().toBuilder().clearData().build());
    assertThat(Payload.parseFrom(objectAt(vector.key()))).isEqualTo(vector.payload());
    assertThat(objectAt(vector.key())).isEqualTo(vector.body());
  }

  @ParameterizedTest
  @MethodSource("io.github.externalstorage.s3.GoldenVector#all")
  void isReadAsPythonWroteIt(GoldenVector vector) {
    putObject(vector.key(), vector.body());

    assertThat(
            storage
                .retrieve(StorageDriverRetrieveContext.empty(), List.of(vector.reference()))
                .join())
        .containsExactly(vector.payload());
  }

  @ParameterizedTest
  @MethodSource("spellings")
  void isReadInEverySpelling(String spelling) {
    Struct object = GoldenJson.object(SPELLINGS, "object");
    putObject(GoldenJson.string(object, "key"), GoldenJson.bytes(object, "body_base64"));
    GzipPayloadCodec gzip = new GzipPayloadCodec();
    ExternalStorageCodec codec =
        ExternalStorageCodec.newBuilder(storage).setReferenceCodec(gzip).build();
    Payload reference =
        GoldenJson.payload(GoldenJson.object(GoldenJson.object(SPELLINGS, "references"), spelling));

    assertThat(gzip.decode(codec.decode(List.of(reference))))
        .containsExactly(GoldenJson.payload(GoldenJson.object(SPELLINGS, "decoded")));
  }

  private static void putObject(String key, ByteString content) {
    CLIENT
        .putObject(
            it -> it.bucket(Samples.BUCKET).key(key),
            AsyncRequestBody.fromBytes(content.toByteArray()))
        .join();
  }

  private static ByteString objectAt(String key) {
    byte[] content =
        CLIENT
            .getObject(
                it -> it.bucket(Samples.BUCKET).key(key),
                AsyncResponseTransformer.<GetObjectResponse>toBytes())
            .join()
            .asByteArray();
    return ByteString.copyFrom(content);
  }
}
