package io.github.externalstorage.s3;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.github.externalstorage.ExternalStorage;
import io.github.externalstorage.ExternalStorageRoute;
import io.github.externalstorage.GzipPayloadCodec;
import io.github.externalstorage.options.StorageRetryOptions;
import io.temporal.api.common.v1.Payload;
import io.temporal.common.converter.CodecDataConverter;
import io.temporal.common.converter.DataConverter;
import io.temporal.common.converter.DefaultDataConverter;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.services.s3.S3AsyncClient;

/** A forged reference in a workflow's input fails the workflow task, on each route. */
@Timeout(240)
final class HostileReferencesInWorkflowsTest {

  private static final GzipPayloadCodec GZIP =
      GzipPayloadCodec.newBuilder().setMaxDecompressedSize(1 << 20).build();
  private static final DataConverter CONVERTER =
      new CodecDataConverter(DefaultDataConverter.newDefaultInstance(), List.of(GZIP));

  @AutoClose private final ScriptedServer server = new ScriptedServer();
  @AutoClose private final S3AsyncClient client = TestClients.tuned(server.endpoint()).build();

  private final ExternalStorage storage =
      ExternalStorage.newBuilder()
          .setDriver(
              S3StorageDriver.newBuilder().setClient(client).setBucket(Samples.BUCKET).build())
          .setRetryOptions(StorageRetryOptions.none())
          .build();

  static Stream<ExternalStorageRoute> routes() {
    return ExternalStorageRoute.detect() == ExternalStorageRoute.NATIVE
        ? Stream.of(ExternalStorageRoute.values())
        : Stream.of(ExternalStorageRoute.CODEC);
  }

  @ParameterizedTest
  @MethodSource("routes")
  void nothingIsFetched(ExternalStorageRoute route) {
    try (PlantingServer temporal = new PlantingServer(route, storage, CONVERTER)) {
      // The SDK itself rejects some of them, with its own messages.
      HostileReference.all()
          .forEach(
              hostile ->
                  assertThat(temporal.failureOfTask(hostile.payload()))
                      .as(hostile.name())
                      .contains("WORKFLOW_WORKER_UNHANDLED_FAILURE"));
    }
    assertThat(server.requests()).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("routes")
  void whatIsFetchedIsChecked(ExternalStorageRoute route) {
    Payload other = Samples.payload("\"another\"");
    Payload inner = Samples.reference(S3StorageDriver.TYPE, Samples.claim(other).getClaimData());
    try (PlantingServer temporal = new PlantingServer(route, storage, CONVERTER)) {
      server.respondWith(other);
      assertThat(temporal.failureOfTask(reference(Samples.payload("\"claimed\""))))
          .contains("integrity check failed");

      server.respondWith(inner);
      assertThat(temporal.failureOfTask(reference(inner)))
          .contains("references to references are not followed");
      assertThat(server.requests()).hasSizeBetween(2, 4);

      Payload bomb = GZIP.encode(List.of(Samples.payload(64 << 20))).get(0);
      server.respondWith(bomb);
      assertThat(temporal.failureOfTask(reference(bomb))).contains("larger than the limit");

      Payload small = GZIP.encode(List.of(other)).get(0);
      Payload cut =
          small.toBuilder()
              .setData(small.getData().substring(0, small.getData().size() / 2))
              .build();
      server.respondWith(cut);
      assertThat(temporal.failureOfTask(reference(cut))).contains("it is cut off");

      Payload trailed =
          small.toBuilder().setData(small.getData().concat(ByteString.copyFromUtf8("x"))).build();
      server.respondWith(trailed);
      assertThat(temporal.failureOfTask(reference(trailed))).contains("it is cut off");
    }
  }

  private static Payload reference(Payload object) {
    return Samples.reference(S3StorageDriver.TYPE, Samples.claim(object).getClaimData());
  }
}
