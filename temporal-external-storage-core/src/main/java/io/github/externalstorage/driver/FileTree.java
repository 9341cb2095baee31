package io.github.externalstorage.driver;

import com.google.common.cache.Cache;
import com.google.common.cache.CacheBuilder;
import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * Objects as files under a root directory. All methods block on I/O. Thread-safe, also with other
 * processes that use the same root.
 */
final class FileTree {

  /** Holds files until they are complete. Keys never lead here, since they begin with "v0". */
  static final String TEMPORARY = "tmp";

  /** The JDK copies what is written or read at once to a buffer outside of the heap. */
  private static final int PART_SIZE = 128 * 1024;

  private final Path root;

  /** Directories whose own entries are known to be durable; the values have no meaning. */
  private final Cache<Path, Boolean> durable =
      CacheBuilder.newBuilder().maximumSize(10_000).build();

  FileTree(Path root) {
    this.root = root;
  }

  Path root() {
    return root;
  }

  Path path(StorageKey key) {
    return root.resolve(key.getValue());
  }

  /**
   * Writes an object durably, and replaces an existing one. Other threads and processes see either
   * the whole object or none.
   *
   * @param progress called for each part; may throw an exception to end the call
   */
  void write(StorageKey key, ByteString content, Runnable progress) throws IOException {
    try (FileDirectory temporary = openDirectory(List.of(TEMPORARY), true);
        FileDirectory target = openDirectory(directories(key), true)) {
      String name = UUID.randomUUID().toString();
      boolean moved = false;
      try {
        try (FileChannel file = temporary.createFile(name)) {
          write(file, content, progress);
          file.force(true);
        }
        progress.run();
        temporary.moveFile(name, target, key.getSha256());
        moved = true;
      } finally {
        if (!moved) {
          delete(temporary, name);
        }
      }
      progress.run();
      target.sync();
    }
  }

  private static void write(FileChannel file, ByteString content, Runnable progress)
      throws IOException {
    for (int start = 0; start < content.size(); start += PART_SIZE) {
      int end = Math.min(start + PART_SIZE, content.size());
      for (ByteBuffer part : content.substring(start, end).asReadOnlyByteBufferList()) {
        while (part.hasRemaining()) {
          file.write(part);
        }
      }
      progress.run();
    }
  }

  /** Failures are ignored, since a file that is left only takes up space. */
  private static void delete(FileDirectory directory, String name) {
    try {
      directory.deleteFile(name);
    } catch (IOException e) {
      // The failure that led here is reported instead.
    }
  }

  BasicFileAttributes describe(StorageKey key) throws IOException {
    try (FileDirectory directory = openDirectory(directories(key), false)) {
      return directory.regularFile(key.getSha256());
    }
  }

  /** An object as it is listed. */
  static ListedObject listed(String key, BasicFileAttributes attributes) {
    Instant storedAt = attributes.lastModifiedTime().toInstant();
    return new ListedObject(key, attributes.size(), storedAt, storedAt.toString());
  }

  /**
   * Deletes an object unless it is another than the listed one. No file system compares and deletes
   * in one step. So the file is moved out of the way, which shows what was moved, and moved back if
   * it was written after it was compared.
   *
   * @return whether the object was deleted
   */
  boolean delete(StorageKey key, ListedObject object, Runnable progress) throws IOException {
    try (FileDirectory temporary = openDirectory(List.of(TEMPORARY), true);
        FileDirectory directory = openDirectory(directories(key), false)) {
      progress.run();
      if (!isListed(directory, key.getSha256(), object)) {
        return false;
      }
      progress.run();
      String moved = UUID.randomUUID().toString();
      directory.moveFile(key.getSha256(), temporary, moved);
      if (!isListed(temporary, moved, object)) {
        // If it was written yet again, this replaces equal content.
        temporary.moveFile(moved, directory, key.getSha256());
        directory.sync();
        return false;
      }
      temporary.deleteFile(moved);
      return true;
    } catch (NoSuchFileException e) {
      if (!Files.isDirectory(root)) {
        throw e;
      }
      return false;
    }
  }

  private static boolean isListed(FileDirectory directory, String name, ListedObject object)
      throws IOException {
    return listed(object.key(), directory.regularFile(name)).equals(object);
  }

  /**
   * Reads an object of a known size.
   *
   * @throws EOFException if the object is shorter
   */
  ByteString read(StorageKey key, int size, Runnable progress) throws IOException {
    try (FileDirectory directory = openDirectory(directories(key), false);
        FileChannel file = directory.openFile(key.getSha256())) {
      byte[] content = new byte[size];
      int start = 0;
      while (start < size) {
        int length = Math.min(PART_SIZE, size - start);
        int count = file.read(ByteBuffer.wrap(content, start, length));
        if (count < 0) {
          throw new EOFException("the file ends after " + start + " bytes");
        }
        start += count;
        progress.run();
      }
      return UnsafeByteOperations.unsafeWrap(content);
    }
  }

  private static List<String> directories(StorageKey key) {
    return key.getSegments().subList(0, key.getSegments().size() - 1);
  }

  /**
   * @param create whether to create directories that do not exist, durably. The root is never
   *     created: it may be a volume that is not mounted
   */
  private FileDirectory openDirectory(List<String> names, boolean create) throws IOException {
    FileDirectory directory = FileDirectory.open(root);
    for (String name : names) {
      try (FileDirectory parent = directory) {
        directory = create ? openOrCreate(parent, name) : parent.openDirectory(name);
      }
    }
    return directory;
  }

  private FileDirectory openOrCreate(FileDirectory parent, String name) throws IOException {
    FileDirectory directory;
    try {
      directory = parent.openDirectory(name);
    } catch (NoSuchFileException e) {
      parent.createDirectory(name);
      durable.invalidate(parent.path().resolve(name));
      directory = parent.openDirectory(name);
    }
    // Another process may have created it and may have ended before it was durable.
    if (durable.getIfPresent(directory.path()) == null) {
      try {
        parent.sync();
      } catch (IOException e) {
        directory.close();
        throw e;
      }
      durable.put(directory.path(), true);
    }
    return directory;
  }
}
