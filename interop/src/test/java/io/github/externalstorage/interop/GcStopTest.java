package io.github.externalstorage.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.externalstorage.ExternalStorage;
import io.github.externalstorage.GzipPayloadCodec;
import io.github.externalstorage.fixtures.fault.Fault;
import io.github.externalstorage.fixtures.fault.FaultPlan;
import io.github.externalstorage.lifecycle.LifecycleException;
import io.github.externalstorage.lifecycle.NamespaceStorage;
import io.github.externalstorage.s3.S3StorageClientBuilder;
import io.temporal.api.common.v1.Payload;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.services.s3.S3AsyncClient;

/** Garbage collection deletes nothing if something is unclear or not allowed. */
@InteropTest
final class GcStopTest {

  private static final String MAIN = "main";
  private static final String ENCODED = "encoded";

  @TempDir private Path folder;

  @Test
  void deletesNothing() throws Exception {
    try (GcWorld world =
        new GcWorld(folder)
            .withNamespace(MAIN, null)
            .withNamespace(ENCODED, new GzipPayloadCodec())) {
      PlantedObjects main = new PlantedObjects(world, MAIN);
      PlantedObjects encoded = new PlantedObjects(world, ENCODED);
      main.unreferred(3);
      main.referred(1);
      Payload reference = encoded.store("planted", 1).get(0);
      encoded.start(
          "planted",
          List.of(
              new GzipPayloadCodec()
                  .encode(List.of(reference)).get(0).toBuilder()
                      .addAllExternalPayloads(reference.getExternalPayloadsList())
                      .build()));
      var unused = world.gc().build().run();
      world.continueToday();

      List<NamespaceStorage> all = world.storages();
      assertStops(
          world,
          List.of(all.get(0)),
          "has objects of the namespace",
          world.in(ENCODED).namespace());
      assertStops(
          world,
          and(all, NamespaceStorage.newBuilder("not-there", all.get(0).getStorage()).build()),
          "Namespace 'not-there' could not be read from the Temporal server: NOT_FOUND");
      assertStops(
          world,
          List.of(
              all.get(0),
              NamespaceStorage.newBuilder(world.in(ENCODED).namespace(), all.get(0).getStorage())
                  .build()),
          "is a codec after storage missing from the configuration (postStorageCodecs)?");

      world.s3().setPlan(FaultPlan.always(Fault.status(403, "AccessDenied")).onlyFor("GET"));
      assertStops(world, all, "s3:ListBucket");
      world.s3().setPlan(FaultPlan.always(Fault.status(403, "AccessDenied")).onlyFor("DELETE"));
      assertStops(world, all, "s3:DeleteObject");
      world.s3().setPlan(FaultPlan.none());
      try (S3AsyncClient worker = worker(world);
          ExternalStorage storage = world.storage(worker)) {
        assertStops(world, world.storages(storage), "s3:ListBucket");
      }

      assertThat(world.gc().setDelete(true).build().run().deleted().objects()).isEqualTo(3);
      world.assertThatNothingIsMissing();
    }
  }

  private static List<NamespaceStorage> and(List<NamespaceStorage> all, NamespaceStorage another) {
    List<NamespaceStorage> more = new ArrayList<>(all);
    more.add(another);
    return more;
  }

  /** Does not have the permission to list. */
  private static S3AsyncClient worker(GcWorld world) {
    return S3StorageClientBuilder.newBuilder()
        .setEndpoint(world.s3().getEndpoint())
        .setCredentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create("worker", "worker-secret")))
        .build();
  }

  private static void assertStops(
      GcWorld world, Collection<NamespaceStorage> storages, String... messages) {
    Set<String> keys = world.keys();

    assertThatThrownBy(() -> world.gc(storages).setDelete(true).build().run())
        .isInstanceOf(LifecycleException.class)
        .hasMessageContainingAll(messages);

    assertThat(world.keys()).isEqualTo(keys);
  }
}
