package io.github.externalstorage.s3;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.github.externalstorage.ExternalStorage;
import io.github.externalstorage.driver.StorageDriverRetrieveContext;
import io.github.externalstorage.driver.StorageException;
import io.github.externalstorage.driver.StorageException.Reason;
import io.github.externalstorage.options.StorageRetryOptions;
import io.temporal.api.common.v1.Payload;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.s3.S3AsyncClient;

/** Forged references in a history are rejected, and the content of an object is verified. */
final class HostileReferencesTest {

  @AutoClose private final ScriptedServer server = new ScriptedServer();
  @AutoClose private final S3AsyncClient client = TestClients.tuned(server.endpoint()).build();

  private final ExternalStorage storage =
      ExternalStorage.newBuilder()
          .setDriver(
              S3StorageDriver.newBuilder().setClient(client).setBucket(Samples.BUCKET).build())
          .setRetryOptions(StorageRetryOptions.none())
          .setReadableNamespaces(List.of("mine"))
          .build();

  @ParameterizedTest
  @MethodSource("io.github.externalstorage.s3.HostileReference#all")
  void areRejectedWithoutARequest(HostileReference hostile) {
    assertRejected(hostile.payload());
  }

  @Test
  void oneAmongGoodOnesKeepsAllFromBeingFetched() {
    Payload good = reference(Samples.payload("good").toByteString());

    HostileReference.all()
        .forEach(hostile -> Samples.failure(retrieve(good, hostile.payload(), good)));

    assertThat(server.requests()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"theirs", "Mine", "mine%20", "%6Dine2"})
  void ofOtherNamespacesAreRejectedWithoutARequest(String namespace) {
    assertThat(assertRejected(inNamespace(namespace)))
        .hasMessageContaining("setReadableNamespaces");
  }

  @Test
  void ofAReadableNamespaceAreFetched() {
    server.respondWith(Samples.payload("planted"));

    assertThat(retrieve(inNamespace("mine")).join()).containsExactly(Samples.payload("planted"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0affffffff07", // metadata of 2 GiB
        "12ffffffff0f", // data of a negative length
        "12ffffffffffffffffff01", // data of more than there can be
        "1280808080808080808080", // a length without an end
        "0a0a0a08ffffffffffffff7f", // metadata whose entry is longer than itself
        "0b", // a group that never ends
        "00", // a field of number 0
        "120161ff", // a field that is cut off
      })
  void toBytesThatAreNoPayloadAreErrors(String hex) {
    ByteString object = ByteString.fromHex(hex);

    assertThat(failureWithObject(object, reference(object)).getReason())
        .isEqualTo(Reason.CORRUPTED);
  }

  @Test
  void toGroupsInGroupsAreErrors() {
    ByteString groups = ByteString.copyFromUtf8("\u000b".repeat(1 << 20));

    assertThat(failureWithObject(groups, reference(groups)).getReason())
        .isEqualTo(Reason.CORRUPTED);
  }

  @Test
  void toAnObjectOfOtherContentAreErrors() {
    StorageException failure =
        failureWithObject(
            Samples.payload(Samples.SECRET).toByteString(),
            reference(Samples.payload("another").toByteString()));

    assertThat(failure.getReason()).isEqualTo(Reason.CORRUPTED);
    assertThat(failure).hasMessageContaining("integrity").hasMessageNotContaining(Samples.SECRET);
  }

  @Test
  void toReferencesAreErrorsAndNotFollowed() {
    Payload inner = reference(Samples.payload("inner").toByteString());
    Payload marked =
        Payload.newBuilder()
            .putMetadata("__temporal_external_storage_reference", ByteString.copyFromUtf8("true"))
            .build();
    Payload legacy =
        Payload.newBuilder()
            .putMetadata("encoding", ByteString.copyFromUtf8("json/external-storage-reference"))
            .build();

    for (Payload planted : List.of(inner, marked, legacy)) {
      assertThat(failureWithObject(planted.toByteString(), reference(planted.toByteString())))
          .hasMessageContaining("references to references are not followed");
    }
    assertThat(server.requests()).hasSize(3);
  }

  private StorageException assertRejected(Payload reference) {
    StorageException failure = Samples.failure(retrieve(reference));
    assertThat(failure.getReason()).isIn(Reason.INVALID_CLAIM, Reason.MISCONFIGURED);
    assertThat(failure.isRetryable()).isFalse();
    assertThat(failure.getMessage()).hasSizeLessThan(1000).doesNotContainPattern("[^ -~]");
    assertThat(server.requests()).isEmpty();
    return failure;
  }

  private StorageException failureWithObject(ByteString object, Payload reference) {
    server.respondWith(
        exchange -> {
          exchange.sendResponseHeaders(200, object.size());
          object.writeTo(exchange.getResponseBody());
        });
    return Samples.failure(retrieve(reference));
  }

  private CompletableFuture<List<Payload>> retrieve(Payload... payloads) {
    return storage.retrieve(StorageDriverRetrieveContext.empty(), List.of(payloads));
  }

  private static Payload reference(ByteString object) {
    return Samples.reference(S3StorageDriver.TYPE, Samples.claim(object).getClaimData());
  }

  private static Payload inNamespace(String segment) {
    Map<String, String> claim =
        new HashMap<>(Samples.claim(Samples.payload("planted")).getClaimData());
    claim.computeIfPresent(
        "key", (name, key) -> key.replace("v0/", "v0/ns/" + segment + "/wt/T/wi/i/ri/r/"));
    return Samples.reference(S3StorageDriver.TYPE, claim);
  }
}
