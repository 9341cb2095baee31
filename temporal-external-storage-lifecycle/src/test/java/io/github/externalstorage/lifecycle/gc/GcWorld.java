package io.github.externalstorage.lifecycle.gc;

import static java.util.Objects.requireNonNull;

import com.google.common.hash.Hashing;
import com.google.protobuf.Message;
import io.github.externalstorage.ExternalStorage;
import io.github.externalstorage.driver.ListedObject;
import io.github.externalstorage.driver.StorageDriverWorkflowInfo;
import io.github.externalstorage.driver.StorageKeyLayout;
import io.github.externalstorage.internal.messages.PayloadFields;
import io.github.externalstorage.lifecycle.NamespaceStorage;
import io.github.externalstorage.lifecycle.testing.Events;
import io.github.externalstorage.lifecycle.testing.SimulatedStore;
import io.github.externalstorage.lifecycle.testing.SimulatedTemporal;
import io.github.externalstorage.lifecycle.testing.SimulatedTemporal.Run;
import io.github.externalstorage.options.StorageRetryOptions;
import io.github.externalstorage.reference.StorageReference;
import io.temporal.api.common.v1.Payload;
import io.temporal.api.enums.v1.EventType;
import io.temporal.api.history.v1.HistoryEvent;
import io.temporal.api.history.v1.WorkflowExecutionCompletedEventAttributes;
import io.temporal.payload.codec.PayloadCodec;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** A Temporal server and a bucket in the process, on a clock that a test moves. */
public final class GcWorld implements AutoCloseable {

  public static final Duration GRACE = Duration.ofDays(7);
  public static final String ORDERS = "orders";

  public Instant now = Instant.parse("2026-01-01T00:00:00Z");
  public final InstantSource clock = () -> now;
  public final SimulatedTemporal temporal = new SimulatedTemporal();
  public final SimulatedStore store = new SimulatedStore(clock);
  public final ExternalStorage storage = storage(StorageRetryOptions.none());
  public final Map<String, NamespaceStorage> namespaces = new LinkedHashMap<>();
  public final List<GcObject> garbage = new ArrayList<>();
  public final List<GcObject> deleted = new ArrayList<>();
  public final List<String> notRestored = new ArrayList<>();
  private final Path stateFile;
  private int number;

  public GcWorld(Path folder) {
    stateFile = folder.resolve("gc.db");
    addNamespace(ORDERS);
  }

  private ExternalStorage storage(StorageRetryOptions retries) {
    return ExternalStorage.newBuilder()
        .setDriver(store)
        .setRetryOptions(retries)
        .setCacheMaxBytes(0)
        .build();
  }

  /** Lets calls of the store be retried. */
  public void setRetryOptions(StorageRetryOptions retries) {
    namespaces.replaceAll(
        (name, former) -> NamespaceStorage.newBuilder(name, storage(retries)).build());
  }

  public void addNamespace(String name) {
    temporal.add(name);
    namespaces.put(name, NamespaceStorage.newBuilder(name, storage).build());
  }

  public void setPostStorageCodec(PayloadCodec codec) {
    namespaces.replaceAll(
        (name, former) ->
            NamespaceStorage.newBuilder(name, storage).setPostStorageCodec(codec).build());
  }

  public Path stateFile() {
    return stateFile;
  }

  public void advance(Duration duration) {
    now = now.plus(duration);
  }

  /** Stores an object of a namespace, and returns its key. */
  public String stored(String namespace) {
    number++;
    String hash =
        Hashing.sha256().hashString("object " + number, StandardCharsets.UTF_8).toString();
    String key =
        StorageKeyLayout.getDefault()
            .createKey(Optional.of(new StorageDriverWorkflowInfo(namespace, "w", "r", "t")), hash)
            .getValue();
    store.put(key);
    return key;
  }

  public static Payload reference(String key) {
    return new StorageReference(SimulatedStore.NAME, SimulatedStore.claim(key), 10).toPayload();
  }

  private static Payload[] payloads(String... keys) {
    return Stream.of(keys).map(GcWorld::reference).toArray(Payload[]::new);
  }

  /** Starts a workflow with references as its input. */
  public Run start(String namespace, String... keys) {
    number++;
    Run run = new Run("workflow-" + number, now);
    run.events.add(Events.started(payloads(keys)));
    temporal.add(namespace).runs.add(run);
    return run;
  }

  /** Closes a workflow with references as its result. */
  public void close(Run run, String... keys) {
    run.events.add(
        HistoryEvent.newBuilder()
            .setEventId(run.events.size() + 1)
            .setEventType(EventType.EVENT_TYPE_WORKFLOW_EXECUTION_COMPLETED)
            .setWorkflowExecutionCompletedEventAttributes(
                WorkflowExecutionCompletedEventAttributes.newBuilder()
                    .setResult(Events.payloads(payloads(keys))))
            .build());
    run.closedAt = now;
  }

  /** Sends a signal with references. */
  public void signal(Run run, String... keys) {
    run.events.add(
        Events.started(payloads(keys)).toBuilder().setEventId(run.events.size() + 1).build());
  }

  /** What a run refers to. */
  public Set<String> references(Run run) {
    Set<String> keys = new TreeSet<>();
    run.events.forEach(event -> keys.addAll(references(event)));
    if (run.isOpen()) {
      keys.addAll(references(run.description));
    }
    return keys;
  }

  public static Set<String> references(Message message) {
    Set<String> keys = new TreeSet<>();
    PayloadFields.visit(
        message,
        (path, payload) ->
            StorageReference.parse(payload)
                .ifPresent(
                    reference ->
                        keys.add(requireNonNull(reference.claim().getClaimData().get("key")))));
    return keys;
  }

  /** As retention does. */
  public void remove(String namespace, Run run) {
    temporal.add(namespace).runs.remove(run);
  }

  public GarbageCollection.Builder gc() {
    return GarbageCollection.newBuilder(temporal.service, namespaces.values(), stateFile)
        .setClock(clock)
        .setPause(duration -> {})
        .setTemporalRequestsPerSecond(1e9)
        .setStorageRequestsPerSecond(1e9)
        .setMaxShare(1)
        .setListener(
            new GcListener() {
              @Override
              public void onGarbage(GcObject object) {
                garbage.add(object);
              }

              @Override
              public void onDeleted(GcObject object) {
                deleted.add(object);
              }

              @Override
              public void onNotRestored(String bucket, String key, String reason) {
                notRestored.add(key + ": " + reason);
              }
            });
  }

  public GcResult collect() {
    return gc().setDelete(true).build().run();
  }

  public Set<String> keys() {
    Set<String> keys = new TreeSet<>();
    for (ListedObject object : store.objects.values()) {
      keys.add(object.key());
    }
    return keys;
  }

  @Override
  public void close() {
    temporal.close();
  }
}
