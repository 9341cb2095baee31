package io.github.externalstorage.reference;

import static io.github.externalstorage.ReferenceAssertions.assertSameReference;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import io.github.externalstorage.Golden;
import io.github.externalstorage.driver.StorageDriverClaim;
import io.temporal.api.common.v1.Payload;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The references that the Python SDK's S3 driver wrote; the S3 module tests their keys. */
class GoldenVectorsTest {

  static Stream<Named<Struct>> vectors() {
    return Golden.load("s3-vectors.json")
        .getFieldsOrThrow("cases")
        .getListValue()
        .getValuesList()
        .stream()
        .map(Value::getStructValue)
        .map(vector -> Named.of(Golden.string(vector, "case"), vector));
  }

  @ParameterizedTest
  @MethodSource("vectors")
  void isReadAndWritten(Struct vector) {
    Payload written = Golden.payload(Golden.object(vector, "reference"));
    Struct stored = Golden.object(vector, "stored");
    String key = Golden.string(stored, "key");

    StorageReference reference = StorageReference.parse(written).orElseThrow();

    assertThat(reference)
        .isEqualTo(
            new StorageReference(
                "aws.s3driver",
                new StorageDriverClaim(
                    Map.of(
                        "bucket",
                        Golden.string(stored, "bucket"),
                        "key",
                        key,
                        "hash_algorithm",
                        "sha256",
                        "hash_value",
                        key.substring(key.lastIndexOf('/') + 1))),
                Golden.bytes(stored, "body_base64").size()));
    assertSameReference(reference.toPayload(), written);
  }

  @ParameterizedTest
  @MethodSource("vectors")
  void bodyIsTheSerializedPayload(Struct vector) throws InvalidProtocolBufferException {
    Payload payload = Golden.payload(Golden.object(vector, "payload"));
    ByteString body = Golden.bytes(Golden.object(vector, "stored"), "body_base64");

    assertThat(Payload.parseFrom(body)).isEqualTo(payload);
    assertThat(payload.getSerializedSize()).isEqualTo(body.size());
  }
}
