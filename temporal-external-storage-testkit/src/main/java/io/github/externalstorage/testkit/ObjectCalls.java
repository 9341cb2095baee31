package io.github.externalstorage.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.externalstorage.driver.ListObjectsRequest;
import io.github.externalstorage.driver.ListedObject;
import io.github.externalstorage.driver.ObjectDeletion;
import io.github.externalstorage.driver.ObjectPage;
import io.github.externalstorage.driver.ObjectStore;
import io.github.externalstorage.driver.StorageDriverClaim;
import io.github.externalstorage.driver.StorageException.Reason;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** Lists and deletes objects, and checks the rules that apply to every call. */
final class ObjectCalls {

  /** A listed object and where it is. */
  record Located(String bucket, ListedObject object) {}

  private final ObjectStore store;
  private final DriverCalls calls;

  ObjectCalls(ObjectStore store, DriverCalls calls) {
    this.store = store;
    this.calls = calls;
  }

  Set<String> buckets() {
    assertThat(store.getBuckets()).as("buckets").isNotEmpty().isEqualTo(store.getBuckets());
    return store.getBuckets();
  }

  Set<Located> listAll() {
    Set<Located> all = new HashSet<>();
    for (String bucket : buckets()) {
      forEachPage(
          new ListObjectsRequest(bucket, "", "", ""),
          page -> {
            assertThat(page.prefixes()).as("prefixes without a delimiter").isEmpty();
            page.objects()
                .forEach(
                    object ->
                        assertThat(all.add(new Located(bucket, object)))
                            .as("%s is listed once", object)
                            .isTrue());
          });
    }
    return all;
  }

  /** Lists keys and, with a delimiter, prefixes. */
  List<String> list(String bucket, String prefix, String delimiter) {
    List<String> entries = new ArrayList<>();
    forEachPage(
        new ListObjectsRequest(bucket, prefix, delimiter, ""),
        page -> {
          page.objects().forEach(object -> entries.add(object.key()));
          entries.addAll(page.prefixes());
        });
    assertThat(entries).doesNotHaveDuplicates();
    return entries;
  }

  private void forEachPage(ListObjectsRequest first, Consumer<ObjectPage> action) {
    Set<String> tokens = new HashSet<>();
    String token = "";
    do {
      ListObjectsRequest request = first.withPageToken(token);
      ObjectPage page = calls.result(DriverCalls.start(() -> store.listObjects(request)));
      action.accept(page);
      token = page.nextPageToken();
      assertThat(tokens.add(token)).as("the token of each page is new").isTrue();
    } while (!token.isEmpty());
  }

  /** The object of a claim, in which its key must be one of the values. */
  Located ofClaim(Set<Located> objects, StorageDriverClaim claim) {
    List<Located> found =
        objects.stream()
            .filter(it -> claim.getClaimData().containsValue(it.object().key()))
            .toList();
    assertThat(found).as("objects whose key is in %s", claim).hasSize(1);
    return found.get(0);
  }

  ObjectDeletion delete(Located located) {
    ObjectDeletion deletion =
        calls.result(
            DriverCalls.start(() -> store.deleteObject(located.bucket(), located.object())));
    assertThat(deletion.deleted() || deletion.undoToken().isEmpty())
        .as("only what was deleted can be restored")
        .isTrue();
    return deletion;
  }

  void restores(Located located, String undoToken) {
    var unused =
        calls.result(
            DriverCalls.start(
                () -> store.restoreObject(located.bucket(), located.object().key(), undoToken)));
  }

  void rejectsRestore(Reason reason, Located located, String undoToken) {
    calls.assertRejected(
        reason,
        DriverCalls.start(
            () -> store.restoreObject(located.bucket(), located.object().key(), undoToken)));
  }

  void rejectsBucket(String bucket, ListedObject object) {
    Reason reason = Reason.MISCONFIGURED;
    calls.assertRejected(
        reason, DriverCalls.start(() -> store.listObjects(ListObjectsRequest.of(bucket, ""))));
    calls.assertRejected(reason, DriverCalls.start(() -> store.deleteObject(bucket, object)));
    calls.assertRejected(
        reason, DriverCalls.start(() -> store.restoreObject(bucket, object.key(), "token")));
  }

  Set<String> parts(StorageDriverClaim claim) {
    return calls.result(DriverCalls.start(() -> store.listParts(claim)));
  }
}
