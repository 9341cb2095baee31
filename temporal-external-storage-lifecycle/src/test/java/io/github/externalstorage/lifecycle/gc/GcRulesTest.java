package io.github.externalstorage.lifecycle.gc;

import static io.github.externalstorage.lifecycle.gc.GcWorld.GRACE;
import static io.github.externalstorage.lifecycle.gc.GcWorld.ORDERS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.google.protobuf.ByteString;
import io.github.externalstorage.driver.StorageDriverClaim;
import io.github.externalstorage.lifecycle.LifecycleException;
import io.github.externalstorage.lifecycle.NamespaceStorage;
import io.github.externalstorage.lifecycle.StoredAmount;
import io.github.externalstorage.lifecycle.internal.state.StateFile;
import io.github.externalstorage.lifecycle.testing.Events;
import io.github.externalstorage.lifecycle.testing.SimulatedTemporal;
import io.github.externalstorage.lifecycle.testing.SimulatedTemporal.Run;
import io.github.externalstorage.lifecycle.testing.StoredSamples;
import io.github.externalstorage.reference.StorageReference;
import io.temporal.api.common.v1.Payload;
import io.temporal.api.common.v1.Payload.ExternalPayloadDetails;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which objects are kept, and what stops a run. */
class GcRulesTest {

  private static final Duration DAY = Duration.ofDays(1);

  @TempDir private Path folder;
  private GcWorld world;

  @BeforeEach
  void start() {
    world = new GcWorld(folder);
  }

  @AfterEach
  void stop() {
    world.close();
  }

  @Test
  void keepsWhatIsReferredToInAnySpelling() {
    List<String> keys = List.of(world.stored(ORDERS), world.stored(ORDERS), world.stored(ORDERS));
    Payload standard = GcWorld.reference(keys.get(0));
    Payload marked =
        StoredSamples.GZIP.encode(List.of(standard)).get(0).toBuilder()
            .putMetadata("__temporal_external_storage_reference", ByteString.copyFromUtf8("true"))
            .build();
    Payload encoded = StoredSamples.GZIP.encode(List.of(GcWorld.reference(keys.get(1)))).get(0);
    Payload legacy =
        Payload.newBuilder()
            .putMetadata("encoding", ByteString.copyFromUtf8("json/external-storage-reference"))
            .setData(
                ByteString.copyFromUtf8(
                    "{\"driver_name\": \"old\", \"driver_claim\": {\"claim_data\": {\"key\": \"%s\"}}}"
                        .formatted(keys.get(2))))
            .build();
    usePostStorageCodec();
    addRun(marked, encoded, legacy);

    collectTwice();

    assertThat(world.keys()).containsExactlyInAnyOrderElementsOf(keys);
  }

  /** A driver may have been renamed, a bucket have another name, and a claim other entries. */
  @Test
  void keepsWhatAnyClaimNames() {
    String inGcs = world.stored(ORDERS);
    String inUrl = world.stored(ORDERS);
    addRun(
        claim("elsewhere", Map.of("bucket", "alias", "object_name", inGcs)),
        claim("urls", Map.of("url", "s3://alias/" + inUrl)));

    collectTwice();

    assertThat(world.keys()).containsExactlyInAnyOrder(inGcs, inUrl);
  }

  @Test
  void keepsWhatAnotherNamespaceRefersTo() {
    world.addNamespace("billing");
    String key = world.stored(ORDERS);
    world.start("billing", key);

    collectTwice();

    assertThat(world.keys()).containsExactly(key);
  }

  @Test
  void keepsThePartsOfAnObject() {
    String manifest = world.stored(ORDERS);
    String chunk = world.stored(ORDERS);
    world.store.parts = claim -> Set.of(chunk);
    world.start(ORDERS, manifest);

    collectTwice();

    assertThat(world.keys()).containsExactlyInAnyOrder(manifest, chunk);
  }

  @Test
  void keepsWhatIsNotInHistories() {
    String heartbeat = world.stored(ORDERS);
    String activity = world.stored(ORDERS);
    String operation = world.stored(ORDERS);
    Payload none = StoredSamples.inline("none");
    world.start(ORDERS).description = Events.pending(GcWorld.reference(heartbeat), none);
    SimulatedTemporal.Namespace orders = world.temporal.add(ORDERS);
    orders.activities.put("alone", Events.activity(none, none, none, GcWorld.reference(activity)));
    orders.operations.put("charge", Events.nexusOperation(GcWorld.reference(operation), none));

    collectTwice();

    assertThat(world.keys()).containsExactlyInAnyOrder(heartbeat, activity, operation);
  }

  @Test
  void keepsKeysOfAnotherLayout() {
    world.store.put("v0/ns/orders/readme.txt");
    world.store.put("backup/v0/d/sha256/" + "0".repeat(64));
    world.store.put("v0/d/sha256/" + "0".repeat(64));

    collectTwice();

    assertThat(world.keys())
        .containsExactly("backup/v0/d/sha256/" + "0".repeat(64), "v0/ns/orders/readme.txt");
  }

  /** The heartbeat details move into the history after it was read. */
  @Test
  void findsWhatMovesFromADescriptionIntoAHistory() {
    String key = world.stored(ORDERS);
    Run run = world.start(ORDERS);
    run.description = Events.pending(GcWorld.reference(key), StoredSamples.inline("none"));
    world.advance(GRACE.plus(DAY));
    world.temporal.setBeforeCall(
        () -> {
          String call = world.temporal.calls.get(world.temporal.calls.size() - 1);
          if (call.equals("history") && run.events.size() == 1) {
            world.signal(run, key);
            run.description = run.description.getDefaultInstanceForType();
          }
        });

    assertThat(world.collect().referenced()).isEqualTo(1);
  }

  /** A run moves to another page when it is closed. */
  @Test
  void findsRunsThatAreClosedWhilePagesAreListed() {
    world.temporal.pageSize = 1;
    for (int i = 0; i < 5; i++) {
      world.start(ORDERS, world.stored(ORDERS));
    }
    world.advance(GRACE.plus(DAY));
    List<Run> runs = List.copyOf(world.temporal.add(ORDERS).runs);
    world.temporal.setBeforeCall(
        () -> runs.stream().filter(Run::isOpen).findFirst().ifPresent(world::close));

    assertThat(world.collect().referenced()).isEqualTo(5);
  }

  /** The run it is read from is deleted before that. */
  @Test
  void findsRunsThatBeginWhilePagesAreListed() {
    String key = world.stored(ORDERS);
    Run run = world.start(ORDERS, key);
    world.advance(GRACE.plus(DAY));
    world.temporal.setBeforeCall(
        () -> {
          String call = world.temporal.calls.get(world.temporal.calls.size() - 1);
          if (call.equals("describe run") && world.temporal.add(ORDERS).runs.remove(run)) {
            world.start(ORDERS, key);
          }
        });

    GcResult result = world.collect();

    assertThat(result.referenced()).isEqualTo(1);
    assertThat(result.vanished()).isEqualTo(1);
  }

  @Test
  void readsClosedRunsOnce() {
    Run closed = world.start(ORDERS, world.stored(ORDERS));
    world.close(closed);
    world.start(ORDERS, world.stored(ORDERS));
    world.advance(GRACE.plus(DAY));
    var unused = world.collect();
    world.temporal.calls.clear();

    GcResult second = world.collect();

    assertThat(second.referenced()).isEqualTo(2);
    assertThat(second.keptRuns()).isEqualTo(1);
    assertThat(world.temporal.calls).filteredOn("history"::equals).hasSize(1);
    world.temporal.calls.clear();
    GcResult full = world.gc().setFull(true).build().run();
    assertThat(full.referenced()).isEqualTo(2);
    assertThat(world.temporal.calls).filteredOn("history"::equals).hasSize(2);
  }

  /** What an earlier run has read, another codec may have made nothing of. */
  @Test
  void readsClosedRunsAgainWithAnotherCodec() {
    String key = world.stored(ORDERS);
    world.close(addRun(StoredSamples.GZIP.encode(List.of(GcWorld.reference(key))).get(0)));
    world.advance(GRACE.plus(DAY));
    assertThat(world.collect().referenced()).isZero();
    usePostStorageCodec();
    world.advance(GRACE.plus(DAY));

    assertThat(world.collect().referenced()).isEqualTo(1);
    assertThat(world.keys()).containsExactly(key);
  }

  @Test
  void aClosedRunThatIsDeletedRefersToNothing() {
    String key = world.stored(ORDERS);
    Run run = world.start(ORDERS, key);
    world.close(run);
    world.advance(GRACE.plus(DAY));
    assertThat(world.collect().referenced()).isEqualTo(1);
    world.remove(ORDERS, run);

    collectTwice();

    assertThat(world.keys()).isEmpty();
  }

  @Test
  void unclearPayloadsStopIt() {
    String key = world.stored(ORDERS);
    Payload reference = GcWorld.reference(key);
    List<Payload> unclear =
        List.of(
            reference.toBuilder().setData(ByteString.copyFromUtf8("{oops")).build(),
            claim("unknown", Map.of("id", "17")),
            StoredSamples.inline("secret").toBuilder()
                .addExternalPayloads(ExternalPayloadDetails.newBuilder().setSizeBytes(1))
                .build(),
            StoredSamples.inline("secret").toBuilder()
                .putMetadata(
                    "__temporal_external_storage_reference", ByteString.copyFromUtf8("true"))
                .build());
    for (Payload payload : unclear) {
      Run run = addRun(StoredSamples.inline("fine"), payload);

      assertThatExceptionOfType(LifecycleException.class)
          .as(payload.toString())
          .isThrownBy(world::collect)
          .withMessageContaining(run.workflowId)
          .withMessageContaining("input.payloads[1]")
          .withMessageNotContaining("secret")
          .withMessageNotContaining("oops");

      world.remove(ORDERS, run);
    }
    assertThat(world.collect().references()).isZero();
  }

  @Test
  void historiesInFilesCountToo() throws Exception {
    String inJson = world.stored(ORDERS);
    String inBinary = world.stored(ORDERS);
    String inShorthand = world.stored(ORDERS);
    Path all = folder.resolve("roots");
    Path roots = Files.createDirectories(all.resolve("more"));
    Roots.writeJson(roots.resolve("a.json"), GcWorld.reference(inJson));
    Roots.writeBinary(roots.resolve("b.bin"), GcWorld.reference(inBinary));
    Files.writeString(
        all.resolve("c.json"),
        """

        {"events": [{"eventId": "1", "input": [{"claimData": {"key": "%s"}}]}]}
        """
            .formatted(inShorthand));
    world.advance(GRACE.plus(DAY));

    GcResult result = world.gc().setRoots(List.of(all)).build().run();

    assertThat(result.referenced()).isEqualTo(3);
    Files.writeString(roots.resolve("d.txt"), "{}");
    assertThatExceptionOfType(LifecycleException.class)
        .isThrownBy(() -> world.gc().setRoots(List.of(roots)).build().run())
        .withMessageContaining("d.txt is not a history");
    assertThatExceptionOfType(LifecycleException.class)
        .isThrownBy(() -> world.gc().setRoots(List.of(folder.resolve("none"))).build().run())
        .withMessageContaining("none");
  }

  @Test
  void deletesNothingIfItWouldBeTooMuch() {
    world.start(ORDERS, world.stored(ORDERS), world.stored(ORDERS), world.stored(ORDERS));
    world.stored(ORDERS);
    world.stored(ORDERS);
    world.advance(GRACE.plus(DAY));
    var unused = world.collect();
    world.advance(GRACE.plus(DAY));

    assertThatExceptionOfType(LifecycleException.class)
        .isThrownBy(() -> world.gc().setDelete(true).setMaxShare(0.39).build().run())
        .withMessageContaining("Nothing was deleted")
        .withMessageContaining("2 of the 5 objects")
        .withMessageContaining("39 %");
    assertThatExceptionOfType(LifecycleException.class)
        .isThrownBy(() -> world.gc().setDelete(true).setMaxObjects(1).build().run())
        .withMessageContaining("2 objects, more than 1 ");
    assertThat(world.deleted).isEmpty();
    assertThat(world.gc().setDelete(true).setMaxShare(0.4).setMaxObjects(2).build().run().deleted())
        .isEqualTo(new StoredAmount(2, 20));
  }

  /** A worker stores an equal payload again while the sweep is under way. */
  @Test
  void anObjectThatIsWrittenBeforeItsDeletionStays() {
    String key = world.stored(ORDERS);
    world.advance(GRACE.plus(DAY));
    var unused = world.collect();
    world.advance(GRACE.plus(DAY));
    world.store.setBeforeDelete(world.store::put);

    GcResult result = world.collect();

    assertThat(result.changed()).isEqualTo(1);
    assertThat(result.deleted().objects()).isZero();
    assertThat(world.keys()).containsExactly(key);
  }

  @Test
  void saysWhatItCannotRestore() {
    world.stored(ORDERS);
    world.advance(GRACE.plus(DAY));
    var unused = world.collect();
    world.advance(GRACE.plus(DAY));
    long run = world.collect().run();
    world.store.purge();

    assertThat(world.gc().build().undo(run)).isEqualTo(new GcUndoResult(0, 1, 0));
    assertThat(world.notRestored).singleElement().asString().contains("did not keep it");
    assertThatExceptionOfType(LifecycleException.class)
        .isThrownBy(() -> world.gc().build().undo(99))
        .withMessageContaining("no run 99");
  }

  @Test
  void objectsOfAnotherUserThatAppearMeanwhileStopIt() {
    world.stored(ORDERS);
    world.advance(GRACE.plus(DAY));
    world.temporal.setBeforeCall(
        () -> {
          if (world.temporal.calls.size() == 2) {
            world.stored("billing");
          }
        });

    assertThatExceptionOfType(LifecycleException.class)
        .isThrownBy(world::collect)
        .withMessageContaining("'billing'");
  }

  @Test
  void aClockThatWasSetBackStopsIt() {
    world.stored(ORDERS);
    world.advance(GRACE.plus(DAY));
    var unused = world.collect();
    world.advance(DAY.negated());
    assertThatExceptionOfType(LifecycleException.class)
        .isThrownBy(world::collect)
        .withMessageContaining("set the clock");
  }

  @Test
  void oneRunsAtATime() {
    try (StateFile other = StateFile.open(world.stateFile(), StateFile.CommitListener.NONE)) {
      assertThat(other).isNotNull();
      assertThatExceptionOfType(LifecycleException.class)
          .isThrownBy(world::collect)
          .withMessageContaining("in use by another process");
    }
    assertThat(world.collect().run()).isEqualTo(1);
  }

  @Test
  void aStateFileBelongsToItsNamespaces() {
    var unused = world.collect();
    world.addNamespace("billing");
    assertThatExceptionOfType(LifecycleException.class)
        .isThrownBy(world::collect)
        .withMessageContaining("namespace billing");
    world.namespaces.remove("billing");
    world.temporal.namespaces.put(ORDERS, new SimulatedTemporal.Namespace("another"));
    assertThatExceptionOfType(LifecycleException.class)
        .isThrownBy(world::collect)
        .withMessageContaining("namespace orders (id ");
  }

  @Test
  void anotherFileIsNoStateFile() throws Exception {
    Files.writeString(world.stateFile(), "not a database, but long enough to be none".repeat(100));

    assertThatExceptionOfType(LifecycleException.class)
        .isThrownBy(world::collect)
        .withMessageContaining("is not a state file");
  }

  @Test
  void checksItsSettings() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> world.gc().setGrace(Duration.ofHours(23)));
    assertThatIllegalStateException()
        .isThrownBy(() -> world.gc().setGrace(DAY).setCacheMaxAge(Duration.ofHours(13)).build())
        .withMessageContaining("twice cacheMaxAge");
    assertThatIllegalArgumentException().isThrownBy(() -> world.gc().setMaxShare(1.1));
  }

  private void usePostStorageCodec() {
    world.namespaces.put(
        ORDERS,
        NamespaceStorage.newBuilder(ORDERS, world.storage)
            .setPreStorageCodec(StoredSamples.GZIP)
            .setPostStorageCodec(StoredSamples.GZIP)
            .build());
  }

  private Run addRun(Payload... input) {
    Run run = world.start(ORDERS);
    run.events.set(0, Events.started(input));
    return run;
  }

  private static Payload claim(String driver, Map<String, String> claim) {
    return new StorageReference(driver, new StorageDriverClaim(claim), 1).toPayload();
  }

  private void collectTwice() {
    for (int i = 0; i < 2; i++) {
      world.advance(GRACE.plus(DAY));
      var unused = world.collect();
    }
  }
}
