package io.github.externalstorage.driver;

import static com.google.common.base.Preconditions.checkArgument;
import static java.util.Objects.requireNonNull;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.github.externalstorage.driver.StorageException.Reason;
import io.temporal.api.common.v1.Payload;
import java.io.IOException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Stores payloads as files under a directory: for a single machine, for several machines with a
 * shared volume, and for tests with several processes.
 *
 * <p>The directory must exist; the driver does not create it, because it may be a volume that is
 * not mounted. Whoever can read the directory can read the payloads: files get the process's
 * default permissions.
 *
 * <p><b>Files.</b> The path of a file below the directory is its key in the {@linkplain
 * StorageKeyLayout layout} of every Temporal SDK's drivers, and its content is the {@linkplain
 * PayloadFormat serialized payload}. Names consist of lower-case letters, digits and {@code -_.};
 * everything else is written as {@code %XX} for each byte of its UTF-8, and so are a dot at the
 * beginning or end, and the first letter of a name that Windows reserves. So file systems that
 * ignore case, or that normalize Unicode, keep names apart, too. A key with a name of over 255
 * bytes, or of over 768 bytes in total, is shortened to {@code v0/ns/{namespace}/d/sha256/{hash}}.
 * The claim holds {@code key}, {@code hash_algorithm} = {@code sha256} and {@code hash_value}.
 *
 * <p><b>Storing</b> writes a file in the subdirectory {@code tmp}, forces it to the disk, and moves
 * it to its path, so that other processes see either the whole file or none. The future completes
 * when the directories are on the disk as well. Any number of processes can store the same payload
 * at the same time. An equal payload that is stored again replaces the file, which renews its age.
 * A process that is killed may leave a file in {@code tmp}, which can be deleted when it is older
 * than a day. Workers delete no other file, see {@link #getObjectStore}.
 *
 * <p><b>Retrieving</b> accepts only keys that this driver can have written, follows no symbolic
 * link below the directory, and checks the content against the hash in the claim.
 *
 * <p><b>Failures</b> name the operation, the file, the remedy, and the error of the file system.
 * The file system's errors, a full disk and a missing directory are retryable, and so is a missing
 * file, since network file systems may show a new file late. Calls block on threads of the driver,
 * never on those of the caller, and fail if they make no progress, see {@link
 * Builder#setStallTimeout}.
 *
 * <p>Thread-safe.
 */
public final class FileStorageDriver implements StorageDriver {

  /** The {@linkplain #getType() type} of the driver, and its default name. */
  public static final String TYPE = "file";

  /** The default of {@link Builder#setMaxPayloadSize}, in bytes: 50 MiB. */
  public static final int DEFAULT_MAX_PAYLOAD_SIZE = 50 * 1024 * 1024;

  private final FileTree tree;
  private final FileThreads threads;
  private final FileObjectStore objectStore;
  private final String name;
  private final int maxPayloadSize;

  private FileStorageDriver(Builder builder, Path directory) {
    tree = new FileTree(directory);
    threads = new FileThreads(builder.executor, builder.stallTimeout);
    objectStore = new FileObjectStore(tree, threads, FileObjectStore.PAGE_SIZE);
    name = builder.name;
    maxPayloadSize = builder.maxPayloadSize;
  }

  /** Returns a builder with the defaults. */
  public static Builder newBuilder() {
    return new Builder();
  }

  @Override
  public CompletableFuture<StorageDriverClaim> store(
      StorageDriverStoreContext context, Payload payload) {
    PayloadContent content;
    FileClaim claim;
    try {
      requireAllowedSize(payload);
      content = context.getContent(payload);
      claim = claim(context, content);
    } catch (StorageException e) {
      return CompletableFuture.failedFuture(e);
    }
    FileCall<StorageDriverClaim> call = newCall("store", claim, content.getBytes().size());
    call.start(
        () -> {
          context.reportStoredAt(Instant.now());
          tree.write(claim.key(), content.getBytes(), call::progress);
          return claim;
        },
        call::complete);
    return call.result(context.getCancellationToken());
  }

  @Override
  public CompletableFuture<Payload> retrieve(
      StorageDriverRetrieveContext context, StorageDriverClaim claim) {
    FileClaim parsed;
    try {
      parsed = FileClaim.parse(claim);
    } catch (StorageException e) {
      return CompletableFuture.failedFuture(e);
    }
    FileCall<Payload> call = newCall("retrieve", parsed, 0);
    call.start(
        () -> tree.describe(parsed.key()),
        attributes -> {
          context.reportStoredAt(attributes.lastModifiedTime().toInstant());
          int size = requireAllowedSize(call, attributes);
          context
              .reserve(size)
              .whenComplete(
                  (reserved, failure) -> {
                    if (failure == null) {
                      call.run(() -> read(call, parsed, size), call::complete);
                    } else {
                      call.fail(failure);
                    }
                  });
        });
    return call.result(context.getCancellationToken());
  }

  private Payload read(FileCall<Payload> call, FileClaim claim, int size) throws IOException {
    ByteString content = tree.read(claim.key(), size, call::progress);
    if (!PayloadFormat.sha256(content).equals(claim.key().getSha256())) {
      throw call.failure(FileFault.CHANGED, "");
    }
    try {
      return PayloadFormat.parse(content);
    } catch (InvalidProtocolBufferException e) {
      // Without the cause, whose message may quote the content.
      throw call.failure(FileFault.UNPARSABLE, "");
    }
  }

  /** Describes a file by its size and the time of its last modification. */
  @Override
  public Optional<StoredObjects> getStoredObjects() {
    return Optional.of(this::describe);
  }

  private CompletableFuture<StoredObject> describe(StorageDriverClaim claim) {
    FileClaim parsed;
    try {
      parsed = FileClaim.parse(claim);
    } catch (StorageException e) {
      return CompletableFuture.failedFuture(e);
    }
    FileCall<StoredObject> call = newCall("describe", parsed, 0);
    call.start(
        () -> tree.describe(parsed.key()),
        attributes ->
            call.complete(
                new StoredObject(attributes.size(), attributes.lastModifiedTime().toInstant())));
    return call.result(CancellationToken.none());
  }

  /**
   * Lists and deletes files. There is one bucket: the driver's directory, as an absolute path.
   *
   * <ul>
   *   <li>A page of the listing has up to 10,000 files and prefixes, in the order of the names in
   *       each directory. Only files with payloads are listed. The names in one directory must fit
   *       in memory.
   *   <li>Deleting a file does not delete the directories that it is in. If the file is replaced
   *       just before, the new one is moved to {@code tmp} and back: for this moment, it can't be
   *       retrieved, and a process that is killed leaves it there.
   *   <li>A deleted file is not kept, so restoring fails unless the file exists.
   * </ul>
   */
  @Override
  public Optional<ObjectStore> getObjectStore() {
    return Optional.of(objectStore);
  }

  private <T> FileCall<T> newCall(String operation, FileClaim claim, long size) {
    return new FileCall<>(threads, operation, tree.root(), tree.path(claim.key()), size);
  }

  @Override
  public Optional<StorageDriverClaim> getClaim(StorageDriverStoreContext context, Payload payload) {
    return Optional.of(claim(context, context.getContent(payload)));
  }

  private static FileClaim claim(StorageDriverStoreContext context, PayloadContent content) {
    try {
      return FileClaim.of(FileNames.LAYOUT.createKey(context.getTarget(), content.getSha256()));
    } catch (IllegalArgumentException e) {
      throw new StorageException(
          Reason.MISCONFIGURED,
          "File store failed: %s; use a namespace with a shorter name".formatted(e.getMessage()));
    }
  }

  @Override
  public StorageDriverClaim parseClaim(StorageDriverClaim claim) {
    return FileClaim.parse(claim);
  }

  /**
   * Returns the namespace in the claim's key; empty if the key has none, or has {@code null} in its
   * place.
   *
   * @throws StorageException as {@link #parseClaim} does
   */
  @Override
  public Optional<String> getNamespace(StorageDriverClaim claim) {
    return FileClaim.parse(claim).key().getNamespace();
  }

  @Override
  public String getName() {
    return name;
  }

  @Override
  public String getType() {
    return TYPE;
  }

  @Override
  public long getMaxPayloadSize() {
    return maxPayloadSize;
  }

  /** The name and where payloads are stored, for logs. */
  @Override
  public String toString() {
    return "%s [directory=%s]".formatted(name, tree.root());
  }

  /** Later calls fail. Calls in progress go on; then the driver's own threads end. */
  @Override
  public void close() {
    threads.close();
  }

  private void requireAllowedSize(Payload payload) {
    int size = payload.getSerializedSize();
    if (size > maxPayloadSize) {
      throw new StorageException(
          Reason.TOO_LARGE,
          "File store rejected: a payload of %s bytes exceeds the maximum of %s bytes of the storage driver '%s'; make the payload smaller, split it, or raise maxPayloadSize"
              .formatted(size, maxPayloadSize, name));
    }
  }

  private int requireAllowedSize(FileCall<?> call, BasicFileAttributes attributes) {
    if (attributes.size() > maxPayloadSize) {
      throw call.failure(
          FileFault.TOO_LARGE,
          ", size=%s, maxPayloadSize=%s".formatted(attributes.size(), maxPayloadSize));
    }
    return (int) attributes.size();
  }

  /** Builds a {@link FileStorageDriver}. A directory is required. Not thread-safe. */
  public static final class Builder {

    private @Nullable Path directory;
    private @Nullable Executor executor;
    private String name = TYPE;
    private int maxPayloadSize = DEFAULT_MAX_PAYLOAD_SIZE;
    private Duration stallTimeout = Duration.ofSeconds(4);

    private Builder() {}

    /**
     * Sets the directory, which may be a symbolic link. It does not have to exist before the first
     * call. A relative path is resolved against the current directory. Required.
     */
    public Builder setDirectory(Path path) {
      directory = requireNonNull(path, "path");
      return this;
    }

    /**
     * Sets the executor of the operations, which block. It must not run them on the calling thread,
     * and its threads must be allowed to block. It remains owned by the caller. Default: up to 16
     * daemon threads of the driver's own, which end after 10 s without work.
     */
    public Builder setExecutor(Executor blockingExecutor) {
      executor = requireNonNull(blockingExecutor, "blockingExecutor");
      return this;
    }

    /**
     * Sets the driver's name, which is written to references and must be unique among the drivers
     * of a storage. A second file driver needs another name than the default. Not blank. Default:
     * {@value #TYPE}.
     *
     * @throws IllegalArgumentException if blank
     */
    public Builder setName(String driverName) {
      checkArgument(!driverName.isBlank(), "name must not be blank");
      name = driverName;
      return this;
    }

    /**
     * Sets the maximum size of a serialized payload, in bytes, both for storing and for retrieving.
     * To raise it, start with the processes that retrieve payloads. Don't lower it while larger
     * payloads are still referenced. At least 1. Default: {@value #DEFAULT_MAX_PAYLOAD_SIZE} (50
     * MiB).
     *
     * @throws IllegalArgumentException if less than 1
     */
    public Builder setMaxPayloadSize(int bytes) {
      checkArgument(bytes >= 1, "maxPayloadSize must be at least 1, not %s", bytes);
      maxPayloadSize = bytes;
      return this;
    }

    /**
     * Sets how long a call may make no progress before it fails as retryable: no part of 128 KiB is
     * written or read, and no file or directory is opened, moved or forced to the disk. A call that
     * waits for a thread also waits while other calls make progress. Positive. Default: 4 s.
     *
     * <p>Java can't interrupt an operation of the file system, so the thread remains blocked. While
     * all threads are blocked, for example because a network file system does not respond, further
     * calls fail after the timeout.
     *
     * @throws IllegalArgumentException if not positive
     */
    public Builder setStallTimeout(Duration timeout) {
      checkArgument(
          timeout.compareTo(Duration.ZERO) > 0, "stallTimeout must be positive, not %s", timeout);
      stallTimeout = timeout;
      return this;
    }

    /**
     * Builds the driver, without any I/O.
     *
     * @throws IllegalStateException if there is no directory
     */
    public FileStorageDriver build() {
      if (directory == null) {
        throw new IllegalStateException(
            "A file storage driver needs a directory: call setDirectory");
      }
      return new FileStorageDriver(this, directory.toAbsolutePath());
    }
  }
}
