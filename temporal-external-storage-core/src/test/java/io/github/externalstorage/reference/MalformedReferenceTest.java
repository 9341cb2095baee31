package io.github.externalstorage.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.ByteString;
import io.github.externalstorage.driver.StorageException;
import io.github.externalstorage.driver.StorageException.Reason;
import io.temporal.api.common.v1.Payload;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Payloads that claim to be references but are not. */
class MalformedReferenceTest {

  private static final String SECRET = "sesame";
  private static final int DEEP = 100_000;

  static Stream<Arguments> malformed() {
    return Stream.of(
        standard("no data", ""),
        standard("not JSON", SECRET),
        standard("cut off JSON", "{\"driverName\": \"" + SECRET),
        standard("not an object", "[\"" + SECRET + "\"]"),
        standard("null", "null"),
        standard("no driver", "{\"claimData\": {\"key\": \"" + SECRET + "\"}}"),
        standard("blank driver", "{\"driverName\": \" \", \"claimData\": {}}"),
        standard("driver is an object", "{\"driverName\": {\"" + SECRET + "\": 1}}"),
        standard("claim is a string", "{\"driverName\": \"d\", \"claimData\": \"" + SECRET + "\"}"),
        standard("claim is nested", "{\"driverName\": \"d\", \"claimData\": {\"k\": {\"s\": 1}}}"),
        standard("entry is null", "{\"driverName\": \"d\", \"claimData\": {\"k\": null}}"),
        standard("driver twice", "{\"driverName\": \"d\", \"driver_name\": \"" + SECRET + "\"}"),
        standard("101 entries", "{\"driverName\": \"d\", \"claimData\": {" + entries(101) + "}}"),
        standard("deep array", "[".repeat(DEEP)),
        standard("deep closed array", "[".repeat(DEEP) + "]".repeat(DEEP)),
        standard("deep driver", "{\"driverName\": " + "[".repeat(DEEP) + "]".repeat(DEEP) + "}"),
        standard("deep claim", "{\"claimData\": " + "[".repeat(DEEP) + "]".repeat(DEEP) + "}"),
        legacy("no data", ""),
        legacy("not JSON", SECRET),
        legacy("not an object", "\"" + SECRET + "\""),
        legacy("no driver", "{\"driver_claim\": {\"claim_data\": {\"key\": \"" + SECRET + "\"}}}"),
        legacy("driver is a number", "{\"driver_name\": 1}"),
        legacy("standard's names", "{\"driverName\": \"d\", \"claimData\": {}}"),
        legacy(
            "101 entries",
            "{\"driver_name\": \"d\", \"driver_claim\": {\"claim_data\": {" + entries(101) + "}}}"),
        legacy("deep array", "[".repeat(DEEP) + "]".repeat(DEEP)),
        legacy("deep objects", "{\"a\":".repeat(DEEP) + "1" + "}".repeat(DEEP)));
  }

  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource("malformed")
  void isAnErrorWithoutContent(String encoding, String name, Payload payload) {
    assertThat(StorageReference.isReference(payload)).isTrue();

    StorageException error =
        catchThrowableOfType(StorageException.class, () -> StorageReference.parse(payload));

    assertThat(error).hasMessageContaining(encoding).hasMessageNotContaining(SECRET);
    assertThat(error).hasNoCause().hasNoSuppressedExceptions();
    assertThat(error.getReason()).isEqualTo(Reason.INVALID_CLAIM);
    assertThat(error.isRetryable()).isFalse();
  }

  @Test
  void hundredEntriesAreRead() {
    Payload payload =
        payload("json/protobuf", "{\"driverName\": \"d\", \"claimData\": {" + entries(100) + "}}");

    assertThat(StorageReference.parse(payload).orElseThrow().claim().getClaimData()).hasSize(100);
  }

  @Test
  void hugeEntriesAreRead() {
    String huge = "x".repeat(4 << 20);
    Payload payload =
        payload(
            "json/protobuf", "{\"driverName\": \"d\", \"claimData\": {\"k\": \"" + huge + "\"}}");

    assertThat(StorageReference.parse(payload).orElseThrow().claim().getClaimData())
        .containsEntry("k", huge);
  }

  private static String entries(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> "\"k%d\": \"%s\"".formatted(i, SECRET))
        .collect(Collectors.joining(", "));
  }

  private static Arguments standard(String name, String data) {
    return Arguments.of("json/protobuf", name, payload("json/protobuf", data));
  }

  private static Arguments legacy(String name, String data) {
    return Arguments.of(
        "json/external-storage-reference", name, payload("json/external-storage-reference", data));
  }

  private static Payload payload(String encoding, String data) {
    return Payload.newBuilder()
        .putMetadata("encoding", ByteString.copyFromUtf8(encoding))
        .putMetadata(
            "messageType", ByteString.copyFromUtf8("temporal.api.sdk.v1.ExternalStorageReference"))
        .setData(ByteString.copyFromUtf8(data))
        .build();
  }
}
