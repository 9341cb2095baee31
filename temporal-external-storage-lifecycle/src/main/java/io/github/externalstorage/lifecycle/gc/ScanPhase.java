package io.github.externalstorage.lifecycle.gc;

import com.google.common.collect.ImmutableSet;
import com.google.protobuf.ByteString;
import io.github.externalstorage.driver.ListObjectsRequest;
import io.github.externalstorage.driver.ListedObject;
import io.github.externalstorage.driver.ObjectPage;
import io.github.externalstorage.driver.StorageKey;
import io.github.externalstorage.internal.text.Quoted;
import io.github.externalstorage.lifecycle.LifecycleException;
import io.github.externalstorage.lifecycle.gc.RunTable.GcRun;
import io.github.externalstorage.lifecycle.internal.marks.MarkTable;
import io.github.externalstorage.lifecycle.internal.state.Counter;
import io.github.externalstorage.lifecycle.internal.state.StepTable;
import io.github.externalstorage.lifecycle.internal.state.StepTable.Step;
import io.github.externalstorage.lifecycle.internal.storage.Buckets;
import io.github.externalstorage.lifecycle.internal.storage.Buckets.Bucket;
import io.github.externalstorage.lifecycle.internal.storage.PayloadKeys;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Lists the buckets and compares them with the marks, several prefixes side by side, one page of
 * each after the other. How far a prefix is, is written to the state file together with what its
 * page had.
 */
final class ScanPhase {

  /** What its steps have in the state file. */
  private static final String PHASE = "SCAN";

  private static final String NAMESPACES = "v0/ns/";
  private static final String WITHOUT_NAMESPACE = "v0/d/";
  private static final String SAMPLE_DIGEST = "d/sha256/" + "0".repeat(64);

  private final Buckets buckets;
  private final ImmutableSet<String> namespaces;
  private final Duration grace;
  private final GcContext context;

  /**
   * @param namespaces the names of all namespaces whose objects may be in the buckets
   * @param grace how old an object has to be when the mark begins
   */
  ScanPhase(Buckets buckets, Collection<String> namespaces, Duration grace, GcContext context) {
    this.buckets = buckets;
    this.namespaces = ImmutableSet.copyOf(namespaces);
    this.grace = grace;
    this.context = context;
  }

  /**
   * The prefixes of all keys in a bucket.
   *
   * @throws LifecycleException if one belongs to a namespace that is not known
   */
  List<String> prefixes(Bucket bucket) {
    Set<String> prefixes = new TreeSet<>(Set.of(WITHOUT_NAMESPACE));
    ListObjectsRequest request = new ListObjectsRequest(bucket.name(), NAMESPACES, "/", "");
    bucket.listAll(
        request,
        page -> {
          for (String prefix : page.prefixes()) {
            requireKnown(bucket, prefix);
            prefixes.add(prefix);
          }
        });
    return new ArrayList<>(prefixes);
  }

  private void requireKnown(Bucket bucket, String prefix) {
    // If this can't be the beginning of a key, nothing under it is ever deleted.
    PayloadKeys.parse(prefix + SAMPLE_DIGEST).ifPresent(key -> requireKnown(bucket, key));
  }

  private void requireKnown(Bucket bucket, StorageKey key) {
    Optional<String> namespace = key.getNamespace();
    if (namespace.isPresent() && !namespaces.contains(namespace.get())) {
      throw new LifecycleException(
          ("The bucket '%s' has objects of the namespace %s, which is not among those of this run"
                  + " (%s): add it, since its workflows may refer to any object in the bucket")
              .formatted(bucket.id(), Quoted.of(namespace.get()), String.join(", ", namespaces)));
    }
  }

  /** Adds what is to be done, when the marks are complete. */
  void plan(Connection connection, List<BucketPrefixes> prefixes) throws SQLException {
    for (BucketPrefixes ofBucket : prefixes) {
      for (String prefix : ofBucket.prefixes()) {
        StepTable.add(connection, PHASE, "PREFIX", ofBucket.bucket(), prefix);
      }
      BucketTable.start(connection, ofBucket.bucket());
    }
  }

  /** The prefixes of a bucket. */
  record BucketPrefixes(String bucket, List<String> prefixes) {}

  /** Those of all buckets. */
  List<BucketPrefixes> prefixes() {
    return buckets.all().stream()
        .map(bucket -> new BucketPrefixes(bucket.id(), prefixes(bucket)))
        .toList();
  }

  /**
   * Does what is not done yet.
   *
   * @throws LifecycleException if a bucket can't be listed, or it is unclear what may be deleted
   */
  void run(GcRun run) {
    List<Step> steps = context.transaction(connection -> StepTable.pending(connection, PHASE));
    context.threads().each(steps, step -> pages(run, step));
  }

  private void pages(GcRun run, Step step) {
    Bucket bucket = buckets.require(step.target());
    ByteString token = step.token();
    do {
      token = page(run, bucket, step.at(token));
    } while (!token.isEmpty());
  }

  /** Compares one page, and returns the token of the next one. */
  private ByteString page(GcRun run, Bucket bucket, Step step) {
    ObjectPage page =
        bucket.list(
            new ListObjectsRequest(bucket.name(), step.detail(), "", step.token().toStringUtf8()));
    List<ListedObject> objects = new ArrayList<>();
    long bytes = 0;
    for (ListedObject object : page.objects()) {
      Optional<StorageKey> key = PayloadKeys.parse(object.key());
      if (key.isPresent()) {
        requireKnown(bucket, key.get());
        objects.add(object);
        bytes += object.sizeBytes();
      }
    }
    long size = bytes;
    ByteString next = ByteString.copyFromUtf8(page.nextPageToken());
    context.commit(
        run,
        connection -> {
          classify(connection, run, bucket, objects);
          BucketTable.add(connection, bucket.id(), objects.size(), size);
          StepTable.advance(connection, step, next);
        });
    return next;
  }

  private void classify(Connection connection, GcRun run, Bucket bucket, List<ListedObject> objects)
      throws SQLException {
    Instant youngest = run.startedAt().minus(grace);
    Set<String> marked =
        MarkTable.marked(connection, objects.stream().map(ListedObject::key).toList(), run.id());
    List<ListedObject> candidates = new ArrayList<>();
    List<String> others = new ArrayList<>();
    for (ListedObject object : objects) {
      if (!marked.contains(object.key()) && object.storedAt().isBefore(youngest)) {
        candidates.add(object);
      } else {
        others.add(object.key());
      }
    }
    CandidateTable.add(connection, bucket.id(), candidates, run.id());
    CandidateTable.remove(connection, bucket.id(), others);
    Counter.OBJECTS.add(connection, objects.size());
    Counter.REFERENCED.add(connection, marked.size());
    Counter.YOUNG.add(connection, others.size() - marked.size());
  }
}
