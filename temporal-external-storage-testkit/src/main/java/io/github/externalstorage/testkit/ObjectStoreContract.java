package io.github.externalstorage.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.externalstorage.driver.ObjectDeletion;
import io.github.externalstorage.driver.ObjectStore;
import io.github.externalstorage.driver.StorageDriverClaim;
import io.github.externalstorage.driver.StorageDriverStoreContext;
import io.github.externalstorage.driver.StorageDriverTargetInfo;
import io.github.externalstorage.driver.StorageException.Reason;
import io.github.externalstorage.testkit.ObjectCalls.Located;
import io.temporal.api.common.v1.Payload;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The part of the contract that applies to drivers that have an {@link ObjectStore}. */
abstract class ObjectStoreContract extends StorageDriverFixture {

  private static final String DELIMITER = "/";

  @Test
  void listsWhatItStored() {
    ObjectCalls objects = objectCalls();
    Set<Located> before = objects.listAll();
    Payload payload = SamplePayloads.ofDataSize(1000);
    Set<StorageDriverClaim> claims = new HashSet<>();
    for (SampleTarget target : SampleTarget.values()) {
      for (StorageDriverTargetInfo info : target.infos()) {
        claims.add(calls.store(StorageDriverStoreContext.of(info), payload));
      }
    }
    Set<Located> added = added(before, objects.listAll());
    Set<String> keys = new HashSet<>();
    for (StorageDriverClaim claim : claims) {
      keys.add(objects.ofClaim(added, claim).object().key());
    }
    assertThat(added).hasSameSizeAs(claims);
    assertThat(keys).as("each object has its own key").hasSameSizeAs(claims);
    assertThat(added)
        .allSatisfy(
            it -> assertThat(it.object().sizeBytes()).isEqualTo(payload.getSerializedSize()));
  }

  @Test
  void listsManyObjectsOnSeveralPages() {
    ObjectCalls objects = objectCalls();
    Set<Located> before = objects.listAll();
    List<StorageDriverClaim> claims = new ArrayList<>();
    for (int size = 1; size <= 1100; size += 100) {
      claims.addAll(
          calls.store(
              IntStream.range(size, size + 100).mapToObj(SamplePayloads::ofDataSize).toList()));
    }
    Set<Located> added = added(before, objects.listAll());
    assertThat(added).hasSameSizeAs(claims);
    assertThat(claims).allSatisfy(claim -> objects.ofClaim(added, claim));
  }

  @Test
  void listsTheBeginningsOfKeys() {
    ObjectCalls objects = objectCalls();
    for (SampleTarget target : List.of(SampleTarget.RUNNING, SampleTarget.SLASHES)) {
      for (StorageDriverTargetInfo info : target.infos()) {
        var unused =
            calls.store(StorageDriverStoreContext.of(info), SamplePayloads.ofDataSize(1000));
      }
    }
    Set<Located> all = objects.listAll();
    for (String bucket : objects.buckets()) {
      List<String> keys =
          all.stream()
              .filter(it -> it.bucket().equals(bucket))
              .map(it -> it.object().key())
              .toList();
      Set<String> directories = new TreeSet<>();
      keys.stream().limit(50).forEach(key -> directories.addAll(directories(key)));
      for (String directory : directories) {
        Set<String> expected = new TreeSet<>();
        keys.stream()
            .filter(key -> key.startsWith(directory))
            .forEach(key -> expected.add(entry(directory, key)));
        assertThat(new TreeSet<>(objects.list(bucket, directory, DELIMITER)))
            .as("entries of '%s'", directory)
            .isEqualTo(expected);
      }
    }
  }

  /** All that end with a delimiter, and the beginning of all. */
  private static Collection<String> directories(String key) {
    Set<String> directories = new TreeSet<>(Set.of(""));
    for (int i = key.indexOf(DELIMITER); i >= 0; i = key.indexOf(DELIMITER, i + 1)) {
      directories.add(key.substring(0, i + 1));
    }
    return directories;
  }

  private static String entry(String directory, String key) {
    int end = key.indexOf(DELIMITER, directory.length());
    return end < 0 ? key : key.substring(0, end + 1);
  }

  @Test
  void listsByPrefix() {
    ObjectCalls objects = objectCalls();
    StorageDriverClaim claim = calls.store(SamplePayloads.ofDataSize(1000));
    var unused = calls.store(SamplePayloads.ofDataSize(1001));
    Located located = objects.ofClaim(objects.listAll(), claim);
    String key = located.object().key();
    assertThat(objects.list(located.bucket(), key, "")).contains(key);
    assertThat(objects.list(located.bucket(), key.substring(0, key.length() - 1), ""))
        .contains(key);
    assertThat(objects.list(located.bucket(), key + "/", "")).isEmpty();
    assertThat(objects.list(located.bucket(), "no/such/prefix", "")).isEmpty();
  }

  @Test
  void deletesWhatWasListed() {
    ObjectCalls objects = objectCalls();
    Payload kept = SamplePayloads.ofDataSize(1001);
    StorageDriverClaim keptClaim = calls.store(kept);
    for (SampleTarget target : SampleTarget.values()) {
      StorageDriverClaim claim =
          calls.store(
              StorageDriverStoreContext.of(target.infos().get(0)), SamplePayloads.ofDataSize(1000));
      Located located = objects.ofClaim(objects.listAll(), claim);
      assertThat(objects.delete(located).deleted()).as("%s is deleted", located).isTrue();
      calls.rejectsRetrieve(Reason.NOT_FOUND, claim);
      assertThat(objects.listAll()).doesNotContain(located);
    }
    calls.retrieves(List.of(kept), List.of(keptClaim));
  }

  @Test
  void doesNotDeleteWhatIsGone() {
    ObjectCalls objects = objectCalls();
    StorageDriverClaim claim = calls.store(SamplePayloads.ofDataSize(1000));
    Located located = objects.ofClaim(objects.listAll(), claim);
    assumeTested(deleteObject(claim), "deleteObject(StorageDriverClaim)");
    // In a versioned bucket, a deletion can't be told from that of an earlier call.
    ObjectDeletion deletion = objects.delete(located);
    assertThat(deletion.deleted() && deletion.undoToken().isEmpty()).isFalse();
    calls.rejectsRetrieve(Reason.NOT_FOUND, claim);
  }

  /** Equal content has the same key, so it may be stored while a list of objects is worked on. */
  @Test
  void doesNotDeleteWhatWasStoredAgain() {
    ObjectCalls objects = objectCalls();
    Payload payload = SamplePayloads.ofDataSize(1000);
    StorageDriverClaim claim = calls.store(payload);
    Located old = objects.ofClaim(objects.listAll(), claim);
    Located renewed = storeAgain(objects, payload, old);
    assertThat(renewed.object().key()).isEqualTo(old.object().key());
    assertThat(objects.delete(old)).isEqualTo(ObjectDeletion.changed());
    calls.retrieves(List.of(payload), List.of(claim));
    assertThat(objects.delete(renewed).deleted()).isTrue();
    calls.rejectsRetrieve(Reason.NOT_FOUND, claim);
    calls.keeps(payload);
  }

  /** Stores until the object's age is renewed, since clocks of storages may be coarse. */
  private Located storeAgain(ObjectCalls objects, Payload payload, Located old) {
    long start = System.nanoTime();
    while (System.nanoTime() - start < getCallTimeout().toNanos()) {
      StorageDriverClaim claim = calls.store(payload);
      Located stored = objects.ofClaim(objects.listAll(), claim);
      if (stored.object().storedAt().isAfter(old.object().storedAt())) {
        return stored;
      }
    }
    return fail("Storing an equal payload again does not renew ListedObject.storedAt");
  }

  @Test
  void restoresWhatItDeleted() {
    ObjectCalls objects = objectCalls();
    Payload payload = SamplePayloads.ofDataSize(1000);
    StorageDriverClaim claim = calls.store(payload);
    Located located = objects.ofClaim(objects.listAll(), claim);
    ObjectDeletion deletion = objects.delete(located);
    if (!deletion.undoToken().isEmpty()) {
      objects.restores(located, deletion.undoToken());
      calls.retrieves(List.of(payload), List.of(claim));
      objects.restores(located, deletion.undoToken());
      calls.retrieves(List.of(payload), List.of(claim));
    }
  }

  @Test
  void restoresNothingElse() {
    ObjectCalls objects = objectCalls();
    Payload payload = SamplePayloads.ofDataSize(1000);
    StorageDriverClaim claim = calls.store(payload);
    Located located = objects.ofClaim(objects.listAll(), claim);
    objects.restores(located, "token");
    calls.retrieves(List.of(payload), List.of(claim));
    ObjectDeletion deletion = objects.delete(located);
    objects.rejectsRestore(Reason.NOT_FOUND, located, "");
    objects.rejectsRestore(Reason.NOT_FOUND, located, "1234");
    calls.rejectsRetrieve(Reason.NOT_FOUND, claim);
    // An object that is stored meanwhile is kept as it is.
    calls.keeps(payload);
    if (!deletion.undoToken().isEmpty()) {
      objects.restores(located, deletion.undoToken());
      calls.retrieves(List.of(payload), List.of(claim));
    }
  }

  @Test
  void rejectsOtherBuckets() {
    ObjectCalls objects = objectCalls();
    StorageDriverClaim claim = calls.store(SamplePayloads.ofDataSize(1000));
    Located located = objects.ofClaim(objects.listAll(), claim);
    objects.rejectsBucket("another-bucket", located.object());
  }

  /** Nothing names a part unless the driver splits objects. */
  @Test
  void namesThePartsOfClaims() {
    ObjectCalls objects = objectCalls();
    StorageDriverClaim claim = calls.store(SamplePayloads.ofDataSize(1000));
    Set<String> keys = new HashSet<>();
    objects.listAll().forEach(it -> keys.add(it.object().key()));
    assertThat(keys).containsAll(objects.parts(claim));
  }

  private static Set<Located> added(Set<Located> before, Set<Located> after) {
    Set<Located> added = new HashSet<>(after);
    added.removeAll(before);
    return added;
  }

  private ObjectCalls objectCalls() {
    Optional<ObjectStore> store = driver.getObjectStore();
    assumeTrue(
        store.isPresent(), "the driver does not implement the optional method getObjectStore");
    return new ObjectCalls(store.get(), calls);
  }
}
