package io.github.externalstorage.driver;

import io.github.externalstorage.driver.StorageException.Reason;
import io.github.externalstorage.internal.text.Quoted;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Lists and deletes the files of a driver, whose directory is the only bucket. Thread-safe. */
final class FileObjectStore implements ObjectStore {

  /** Large, since each page reads the directories again that have further entries. */
  static final int PAGE_SIZE = 10_000;

  /** What a call does with a file. */
  @FunctionalInterface
  private interface Action<T> {
    T run(StorageKey key, Runnable progress) throws IOException;
  }

  private final FileTree tree;
  private final FileThreads threads;
  private final String bucket;
  private final int pageSize;

  FileObjectStore(FileTree tree, FileThreads threads, int pageSize) {
    this.tree = tree;
    this.threads = threads;
    this.pageSize = pageSize;
    bucket = tree.root().toString();
  }

  @Override
  public Set<String> getBuckets() {
    return Set.of(bucket);
  }

  @Override
  public CompletableFuture<ObjectPage> listObjects(ListObjectsRequest request) {
    if (!request.bucket().equals(bucket)) {
      return otherBucket("list", request.bucket());
    }
    FileCall<ObjectPage> call = newCall("list", tree.root());
    call.start(
        () -> new FileListing(tree, request, pageSize, call::progress).run(), call::complete);
    return call.result(CancellationToken.none());
  }

  @Override
  public CompletableFuture<ObjectDeletion> deleteObject(String bucketName, ListedObject object) {
    return start(
        "delete",
        bucketName,
        object.key(),
        (key, progress) ->
            tree.delete(key, object, progress)
                ? new ObjectDeletion(true, "")
                : ObjectDeletion.changed());
  }

  @Override
  public CompletableFuture<@Nullable Void> restoreObject(
      String bucketName, String key, String undoToken) {
    // Fails if the file does not exist, since a deleted file is not kept.
    return start("restore", bucketName, key, (parsed, progress) -> tree.describe(parsed))
        .thenApply(attributes -> null);
  }

  private <T> CompletableFuture<T> start(
      String operation, String bucketName, String key, Action<T> action) {
    if (!bucketName.equals(bucket)) {
      return otherBucket(operation, bucketName);
    }
    StorageKey parsed;
    try {
      parsed = FileNames.parse(key);
    } catch (IllegalArgumentException e) {
      return CompletableFuture.failedFuture(
          new StorageException(
              Reason.INVALID_CLAIM,
              "File %s rejected [key=%s]: %s"
                  .formatted(operation, Quoted.of(key), e.getMessage())));
    }
    FileCall<T> call = newCall(operation, tree.path(parsed));
    call.start(() -> action.run(parsed, call::progress), call::complete);
    return call.result(CancellationToken.none());
  }

  private <T> FileCall<T> newCall(String operation, Path file) {
    return new FileCall<>(threads, operation, tree.root(), file, 0);
  }

  private <T> CompletableFuture<T> otherBucket(String operation, String name) {
    return CompletableFuture.failedFuture(
        new StorageException(
            Reason.MISCONFIGURED,
            "File %s rejected [bucket=%s]: the driver's only bucket is its directory, %s"
                .formatted(operation, Quoted.of(name), bucket)));
  }
}
