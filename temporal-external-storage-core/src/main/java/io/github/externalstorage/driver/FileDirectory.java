package io.github.externalstorage.driver;

import java.io.Closeable;
import java.io.File;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * An open directory. Its methods take the name of an entry and never follow a symbolic link. Where
 * the platform opens entries relative to an open directory, no one can exchange a directory between
 * a check and its use. Only new directories are created by their whole path, as the JDK has no
 * other way: if a symbolic link is swapped in just then, an empty directory may appear where it
 * leads, but never a file. Not thread-safe.
 */
abstract class FileDirectory implements Closeable {

  private final Path path;

  FileDirectory(Path path) {
    this.path = path;
  }

  /** Opens a directory, which may be a symbolic link. */
  @SuppressWarnings("StreamResourceLeak") // What is returned closes it.
  static FileDirectory open(Path path) throws IOException {
    DirectoryStream<Path> stream = Files.newDirectoryStream(path);
    if (stream instanceof SecureDirectoryStream<Path> secure) {
      return new SecureFileDirectory(path, secure);
    }
    stream.close();
    return new PlainFileDirectory(path);
  }

  final Path path() {
    return path;
  }

  final FileDirectory openDirectory(String name) throws IOException {
    try {
      return tryOpenDirectory(name);
    } catch (FileSystemException e) {
      throw attributes(name).isSymbolicLink() ? new SymbolicLinkException(path.resolve(name)) : e;
    }
  }

  /**
   * @throws NotDirectoryException if it is a file
   * @throws FileSystemException if it is a symbolic link
   */
  abstract FileDirectory tryOpenDirectory(String name) throws IOException;

  /** Creates a directory, unless there is one. */
  final void createDirectory(String name) throws IOException {
    try {
      Files.createDirectory(path.resolve(name));
    } catch (FileAlreadyExistsException e) {
      // Another thread or process was faster; or it is a file, which is reported when it is opened.
    }
  }

  /**
   * Opens a regular file to read it.
   *
   * @throws NotRegularFileException if it is something else
   */
  final FileChannel openFile(String name) throws IOException {
    // Opening a named pipe would block the thread.
    BasicFileAttributes unused = regularFile(name);
    return openFile(name, StandardOpenOption.READ);
  }

  /**
   * The attributes of a regular file.
   *
   * @throws NotRegularFileException if it is something else
   */
  final BasicFileAttributes regularFile(String name) throws IOException {
    BasicFileAttributes attributes = attributes(name);
    if (attributes.isSymbolicLink()) {
      throw new SymbolicLinkException(path.resolve(name));
    }
    if (!attributes.isRegularFile()) {
      throw new NotRegularFileException(path.resolve(name));
    }
    return attributes;
  }

  final FileChannel createFile(String name) throws IOException {
    return openFile(name, StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW);
  }

  abstract FileChannel openFile(String name, OpenOption... options) throws IOException;

  /** Moves a file atomically, and replaces an existing one. */
  abstract void moveFile(String name, FileDirectory target, String newName) throws IOException;

  abstract void deleteFile(String name) throws IOException;

  /**
   * The names of those entries that a filter accepts, in any order. Can be called only once.
   *
   * @param filter called for each name
   */
  abstract List<String> names(Predicate<String> filter) throws IOException;

  static List<String> names(DirectoryStream<Path> entries, Predicate<String> filter)
      throws IOException {
    List<String> names = new ArrayList<>();
    try {
      for (Path entry : entries) {
        String name = String.valueOf(entry.getFileName());
        if (filter.test(name)) {
          names.add(name);
        }
      }
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
    return names;
  }

  /** The attributes of an entry, or of the link if it is a symbolic link. */
  abstract BasicFileAttributes attributes(String name) throws IOException;

  /** Forces the entries of this directory to the disk. */
  final void sync() throws IOException {
    // Windows can't open directories; it logs changes of them by itself.
    if (File.separatorChar == '/' && path.getFileSystem() == FileSystems.getDefault()) {
      try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
        channel.force(true);
      }
    }
  }

  /** An entry is a symbolic link. */
  static final class SymbolicLinkException extends FileSystemException {
    private static final long serialVersionUID = 1L;

    SymbolicLinkException(Path path) {
      super(path.toString());
    }
  }

  /** An entry is neither a regular file nor a symbolic link. */
  static final class NotRegularFileException extends FileSystemException {
    private static final long serialVersionUID = 1L;

    NotRegularFileException(Path path) {
      super(path.toString());
    }
  }
}
