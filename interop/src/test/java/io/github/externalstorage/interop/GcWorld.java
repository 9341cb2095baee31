package io.github.externalstorage.interop;

import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.util.Durations;
import io.github.externalstorage.ExternalStorage;
import io.github.externalstorage.GzipPayloadCodec;
import io.github.externalstorage.fixtures.fault.FaultProxy;
import io.github.externalstorage.interop.everypath.Waiting;
import io.github.externalstorage.lifecycle.NamespaceStorage;
import io.github.externalstorage.lifecycle.check.ReferenceProblem;
import io.github.externalstorage.lifecycle.check.StorageCheck;
import io.github.externalstorage.lifecycle.check.StorageCheckListener;
import io.github.externalstorage.lifecycle.gc.GarbageCollection;
import io.github.externalstorage.s3.S3StorageClientBuilder;
import io.github.externalstorage.s3.S3StorageDriver;
import io.grpc.StatusRuntimeException;
import io.temporal.api.workflowservice.v1.ListWorkflowExecutionsRequest;
import io.temporal.api.workflowservice.v1.RegisterNamespaceRequest;
import io.temporal.api.workflowservice.v1.WorkflowServiceGrpc.WorkflowServiceBlockingStub;
import io.temporal.payload.codec.PayloadCodec;
import java.io.Closeable;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.model.BucketVersioningStatus;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * Namespaces and a bucket of their own, for garbage collection. To it, objects look {@link
 * AgingProxy#AGE} older than they are, if they were written before {@link #continueToday}.
 */
final class GcWorld implements Closeable {

  /** How long ago the first runs are made: after the objects seem to be written. */
  private static final Duration FIRST_RUNS = AgingProxy.AGE.dividedBy(2);

  private final String name = Names.unique("gc");
  private final Path stateFile;
  private final AgingProxy proxy = new AgingProxy(URI.create(Servers.environment("S3_ENDPOINT")));
  private final FaultProxy faults = FaultProxy.start(proxy.endpoint());
  private final S3AsyncClient agedS3 =
      S3StorageClientBuilder.newBuilder().setEndpoint(faults.getEndpoint()).build();
  private final ExternalStorage agedStorage = storage(agedS3);
  private final Map<String, Servers> servers = new LinkedHashMap<>();
  private final Map<String, @Nullable PayloadCodec> codecs = new LinkedHashMap<>();
  private final Deque<Closeable> entered = new ArrayDeque<>();
  private Duration ago = FIRST_RUNS;

  /**
   * Creates the bucket.
   *
   * @param folder for the state file
   */
  GcWorld(Path folder) {
    stateFile = folder.resolve("gc.db");
    var unused = agedS3.createBucket(request -> request.bucket(name)).join();
  }

  /**
   * Creates a namespace.
   *
   * @param postStorageCodec the codec of a proxy in front of Temporal, if there is one
   */
  GcWorld withNamespace(String shortName, @Nullable PayloadCodec postStorageCodec) {
    String namespace = name + "-" + shortName;
    Servers ofNamespace = new Servers(namespace, name);
    servers.put(shortName, ofNamespace);
    codecs.put(shortName, postStorageCodec);
    var unused =
        ofNamespace
            .temporal()
            .blockingStub()
            .registerNamespace(
                RegisterNamespaceRequest.newBuilder()
                    .setNamespace(namespace)
                    .setWorkflowExecutionRetentionPeriod(Durations.fromDays(1))
                    .build());
    Waiting.until("namespace " + namespace, () -> isUsable(ofNamespace));
    return this;
  }

  private static boolean isUsable(Servers servers) {
    try {
      var unused =
          servers
              .temporal()
              .blockingStub()
              .listWorkflowExecutions(
                  ListWorkflowExecutionsRequest.newBuilder()
                      .setNamespace(servers.namespace())
                      .build());
      return true;
    } catch (StatusRuntimeException e) {
      return false;
    }
  }

  /** The name of the bucket, and the beginning of all other names. */
  String name() {
    return name;
  }

  Servers in(String shortName) {
    return servers.getOrDefault(shortName, servers());
  }

  private Servers servers() {
    return servers.values().iterator().next();
  }

  WorkflowServiceBlockingStub temporal() {
    return servers().temporal().blockingStub();
  }

  Bucket bucket() {
    return servers().bucket();
  }

  /** The S3 server of garbage collection. */
  FaultProxy s3() {
    return faults;
  }

  /** Lets the bucket keep deleted objects. */
  void enableVersioning() {
    var unused =
        bucket()
            .s3()
            .putBucketVersioning(
                request ->
                    request
                        .bucket(name)
                        .versioningConfiguration(
                            versioning -> versioning.status(BucketVersioningStatus.ENABLED)))
            .join();
  }

  Path stateFile() {
    return stateFile;
  }

  List<String> namespaces() {
    return servers.values().stream().map(Servers::namespace).toList();
  }

  /** For programs that use a namespace. */
  Map<String, String> environment(String shortName) {
    return Map.of("TEMPORAL_NAMESPACE", in(shortName).namespace(), "S3_BUCKET", name);
  }

  Participant participant(String shortName) {
    return enter(new Participant(in(shortName)));
  }

  JavaWorker worker(String shortName, String taskQueue) {
    return enter(JavaWorker.start(new Participant(in(shortName)), taskQueue));
  }

  /** Is closed with this world. */
  synchronized <T extends Closeable> T enter(T entering) {
    entered.push(entering);
    return entering;
  }

  /** All keys in the bucket. */
  Set<String> keys() {
    Set<String> keys = new TreeSet<>();
    bucket()
        .s3()
        .listObjectsV2Paginator(request -> request.bucket(name))
        .contents()
        .map(S3Object::key)
        .subscribe(keys::add)
        .join();
    return keys;
  }

  /** Those that something in Temporal has. */
  Set<String> referredKeys() {
    return new ReferredKeys(temporal()).among(keys(), namespaces());
  }

  /** Garbage collection on the clock of this world, without limits. */
  GarbageCollection.Builder gc() {
    return gc(storages(agedStorage));
  }

  /** The same with other settings of namespaces. */
  GarbageCollection.Builder gc(Collection<NamespaceStorage> storages) {
    return GarbageCollection.newBuilder(servers().temporal(), storages, stateFile)
        .setClock(() -> Instant.now().minus(ago))
        .setMaxShare(1)
        .setTemporalRequestsPerSecond(10_000)
        .setStorageRequestsPerSecond(10_000);
  }

  /** The settings of all namespaces. */
  List<NamespaceStorage> storages() {
    return storages(agedStorage);
  }

  /** The same with another storage. */
  List<NamespaceStorage> storages(ExternalStorage storage) {
    return servers.entrySet().stream()
        .map(
            entry ->
                NamespaceStorage.newBuilder(entry.getValue().namespace(), storage)
                    .setPreStorageCodec(new GzipPayloadCodec())
                    .setPostStorageCodec(codecs.get(entry.getKey()))
                    .build())
        .toList();
  }

  /** From now on, runs are made today, and what is written keeps its age. */
  void continueToday() throws InterruptedException {
    ago = Duration.ZERO;
    proxy.ageOnlyPresentObjects();
  }

  /** Fails unless every reference leads to an object with the right content. */
  void assertThatNothingIsMissing() {
    List<String> problems = new ArrayList<>();
    try (ExternalStorage storage = storage(bucket().s3())) {
      var unused =
          StorageCheck.newBuilder(servers().temporal(), storages(storage))
              .setContent(true)
              .setListener(
                  new StorageCheckListener() {
                    @Override
                    public void onProblem(ReferenceProblem problem) {
                      problems.add(problem.toString());
                    }
                  })
              .build()
              .run();
    }
    assertThat(problems).isEmpty();
  }

  /** A storage in the bucket, with this client. */
  ExternalStorage storage(S3AsyncClient s3) {
    return ExternalStorage.newBuilder()
        .setDriver(S3StorageDriver.newBuilder().setClient(s3).setBucket(name).build())
        .build();
  }

  @Override
  public void close() throws IOException {
    while (!entered.isEmpty()) {
      entered.pop().close();
    }
    agedStorage.close();
    agedS3.close();
    faults.close();
    proxy.close();
    servers.values().forEach(Servers::close);
  }

  static <T> Set<T> without(Set<T> all, Set<T> others) {
    return all.stream().filter(item -> !others.contains(item)).collect(toCollection(TreeSet::new));
  }
}
