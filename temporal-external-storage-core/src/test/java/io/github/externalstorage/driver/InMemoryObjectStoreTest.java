package io.github.externalstorage.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import io.temporal.api.common.v1.Payload;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class InMemoryObjectStoreTest {

  private static final String BUCKET = "in-memory";

  private Instant now = Instant.parse("2026-01-01T00:00:00Z");

  private final InMemoryStorageDriver driver =
      InMemoryStorageDriver.newBuilder().setClock(() -> now).setKeepsDeletedObjects(true).build();

  @Test
  void listsThePrefixInPages() {
    for (int i = 0; i < 1001; i++) {
      put("a/%04d".formatted(i));
    }
    put("b/0");
    ListObjectsRequest request = ListObjectsRequest.of(BUCKET, "a/");
    ObjectPage first = objectStore(driver).listObjects(request).join();
    ObjectPage second =
        objectStore(driver).listObjects(request.withPageToken(first.nextPageToken())).join();
    assertThat(first.objects()).hasSize(1000);
    assertThat(second.objects()).extracting(ListedObject::key).containsExactly("a/1000");
    assertThat(second.nextPageToken()).isEmpty();
  }

  @Test
  void listsPrefixesInPages() {
    for (int i = 0; i < 1001; i++) {
      put("%04d/1".formatted(i));
      put("%04d/2".formatted(i));
    }
    ListObjectsRequest request = new ListObjectsRequest(BUCKET, "", "/", "");
    ObjectPage first = objectStore(driver).listObjects(request).join();
    ObjectPage second =
        objectStore(driver).listObjects(request.withPageToken(first.nextPageToken())).join();
    assertThat(first.prefixes()).hasSize(1000).doesNotHaveDuplicates();
    assertThat(first.objects()).isEmpty();
    assertThat(second).isEqualTo(new ObjectPage(List.of(), List.of("1000/"), ""));
  }

  @Test
  void deletesOnlyWhatWasListed() {
    store();
    ListedObject old = onlyObject();
    now = now.plus(Duration.ofDays(7));
    store();
    ListedObject renewed = onlyObject();
    assertThat(renewed.key()).isEqualTo(old.key());
    assertThat(renewed.storedAt()).isEqualTo(now);
    assertThat(delete(old)).isEqualTo(ObjectDeletion.changed());
    assertThat(delete(renewed).deleted()).isTrue();
    assertThat(delete(renewed)).isEqualTo(ObjectDeletion.changed());
    assertThat(driver.getObjects()).isEmpty();
  }

  @Test
  void deletesWhatATestPutIntoTheMap() {
    put("key");
    ListedObject first = onlyObject();
    put("key");
    assertThat(delete(first).deleted()).isFalse();
    assertThat(delete(onlyObject()).deleted()).isTrue();
  }

  @Test
  void restoresWhatWasDeleted() {
    store();
    ListedObject object = onlyObject();
    ObjectDeletion deletion = delete(object);
    objectStore(driver).restoreObject(BUCKET, object.key(), deletion.undoToken()).join();
    assertThat(onlyObject()).isEqualTo(object);
  }

  @Test
  void restoresNothingThatWasNotKept() {
    InMemoryStorageDriver other = InMemoryStorageDriver.newBuilder().build();
    other.getObjects().put("key", ByteString.EMPTY);
    ListedObject object = list(other).get(0);
    ObjectDeletion deletion = objectStore(other).deleteObject(BUCKET, object).join();
    assertThat(deletion).isEqualTo(new ObjectDeletion(true, ""));
    assertThatThrownBy(() -> objectStore(other).restoreObject(BUCKET, "key", "").join())
        .hasRootCauseInstanceOf(StorageException.class)
        .hasMessageContaining("can't restore")
        .hasMessageContaining("'key'");
  }

  private void store() {
    driver.store(StorageDriverStoreContext.empty(), Payload.getDefaultInstance()).join();
  }

  private void put(String key) {
    driver.getObjects().put(key, ByteString.copyFromUtf8(key));
  }

  private ListedObject onlyObject() {
    List<ListedObject> objects = list(driver);
    assertThat(objects).hasSize(1);
    return objects.get(0);
  }

  private static ObjectStore objectStore(InMemoryStorageDriver driver) {
    return driver.getObjectStore().orElseThrow();
  }

  private static List<ListedObject> list(InMemoryStorageDriver driver) {
    return objectStore(driver).listObjects(ListObjectsRequest.of(BUCKET, "")).join().objects();
  }

  private ObjectDeletion delete(ListedObject object) {
    return objectStore(driver).deleteObject(BUCKET, object).join();
  }
}
