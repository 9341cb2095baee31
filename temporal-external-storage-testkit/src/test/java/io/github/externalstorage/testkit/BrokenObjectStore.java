package io.github.externalstorage.testkit;

import io.github.externalstorage.driver.ListObjectsRequest;
import io.github.externalstorage.driver.ListedObject;
import io.github.externalstorage.driver.ObjectDeletion;
import io.github.externalstorage.driver.ObjectPage;
import io.github.externalstorage.driver.ObjectStore;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** The object store of a driver with a defect. */
record BrokenObjectStore(BrokenDriver driver, Defect defect) implements ObjectStore {

  @Override
  public Set<String> getBuckets() {
    return driver.objectStore().getBuckets();
  }

  @Override
  public CompletableFuture<ObjectPage> listObjects(ListObjectsRequest request) {
    return defect.listObjects(driver, request);
  }

  @Override
  public CompletableFuture<ObjectDeletion> deleteObject(String bucket, ListedObject object) {
    return defect.deleteObject(driver, bucket, object);
  }

  @Override
  public CompletableFuture<Void> restoreObject(String bucket, String key, String undoToken) {
    return driver.objectStore().restoreObject(bucket, key, undoToken);
  }
}
