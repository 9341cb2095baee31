package io.github.externalstorage.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.google.protobuf.ByteString;
import io.github.externalstorage.Golden;
import io.github.externalstorage.TestPayloads;
import io.github.externalstorage.driver.StorageDriverClaim;
import io.temporal.api.common.v1.Payload;
import io.temporal.api.common.v1.Payload.ExternalPayloadDetails;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StorageReferenceTest {

  private static final StorageDriverClaim CLAIM =
      new StorageDriverClaim(Map.of("key", "a/\"b\"\\c\nü\uD83D\uDE00", "empty", ""));
  private static final StorageReference REFERENCE = new StorageReference("driver", CLAIM, 42);

  @Test
  void isReadAsItWasWritten() {
    Payload payload = REFERENCE.toPayload();

    assertThat(StorageReference.isReference(payload)).isTrue();
    assertThat(StorageReference.parse(payload)).contains(REFERENCE);
  }

  @Test
  void writesOnlyWhatTheFormatNames() {
    Payload payload = REFERENCE.toPayload();

    assertThat(payload.getMetadataMap())
        .containsOnly(
            Map.entry("encoding", ByteString.copyFromUtf8("json/protobuf")),
            Map.entry(
                "messageType",
                ByteString.copyFromUtf8("temporal.api.sdk.v1.ExternalStorageReference")));
    assertThat(payload.getExternalPayloadsList())
        .containsExactly(ExternalPayloadDetails.newBuilder().setSizeBytes(42).build());
    assertThat(Golden.json(payload.getData()).getFieldsMap())
        .containsOnlyKeys("driverName", "claimData");
  }

  @ParameterizedTest
  @CsvSource({
    "json/plain, temporal.api.sdk.v1.ExternalStorageReference",
    "binary/null, temporal.api.sdk.v1.ExternalStorageReference",
    "json/protobuf, temporal.api.common.v1.Payload",
    "json/protobuf, ''",
    "JSON/PROTOBUF, temporal.api.sdk.v1.ExternalStorageReference",
    "json/external-storage-reference2, ''"
  })
  void otherPayloadsAreNone(String encoding, String messageType) {
    Payload payload =
        REFERENCE.toPayload().toBuilder()
            .putMetadata("encoding", ByteString.copyFromUtf8(encoding))
            .putMetadata("messageType", ByteString.copyFromUtf8(messageType))
            .build();

    assertThat(StorageReference.isReference(payload)).isFalse();
    assertThat(StorageReference.parse(payload)).isEmpty();
  }

  @Test
  void payloadsWithoutMetadataAreNone() {
    assertThat(StorageReference.parse(Payload.getDefaultInstance())).isEmpty();
    assertThat(StorageReference.parse(TestPayloads.json("{\"driverName\": \"d\"}"))).isEmpty();
  }

  @Test
  void unknownMembersAreIgnored() {
    Payload payload =
        REFERENCE.toPayload().toBuilder()
            .setData(ByteString.copyFromUtf8("{\"driverName\": \"d\", \"later\": {\"x\": [1]}}"))
            .build();

    assertThat(StorageReference.parse(payload))
        .contains(new StorageReference("d", new StorageDriverClaim(Map.of()), 42));
  }

  @Test
  void missingSizeIsZero() {
    Payload payload = REFERENCE.toPayload().toBuilder().clearExternalPayloads().build();

    assertThat(StorageReference.parse(payload)).contains(new StorageReference("driver", CLAIM, 0));
  }

  @Test
  void negativeSizeIsZero() {
    Payload payload =
        REFERENCE.toPayload().toBuilder()
            .setExternalPayloads(0, ExternalPayloadDetails.newBuilder().setSizeBytes(-5))
            .build();

    assertThat(StorageReference.parse(payload)).contains(new StorageReference("driver", CLAIM, 0));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "\t\n"})
  void needsADriver(String name) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new StorageReference(name, CLAIM, 0))
        .withMessageContaining("driver");
  }

  @Test
  void sizeIsNotNegative() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new StorageReference("driver", CLAIM, -1))
        .withMessageContaining("-1");
  }

  @Test
  void claimIsACopyOfAtMostHundredEntries() {
    Map<String, String> entries = new HashMap<>();
    for (int i = 0; i < StorageDriverClaim.MAX_ENTRIES; i++) {
      entries.put("key" + i, "");
    }
    StorageDriverClaim claim = new StorageDriverClaim(entries);
    entries.put("one more", "");

    assertThat(claim.getClaimData()).hasSize(StorageDriverClaim.MAX_ENTRIES).isUnmodifiable();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new StorageDriverClaim(entries))
        .withMessageContaining("101");
  }
}
