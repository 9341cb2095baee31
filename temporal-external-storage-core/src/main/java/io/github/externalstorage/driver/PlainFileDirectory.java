package io.github.externalstorage.driver;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import com.google.common.collect.ImmutableSet;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.function.Predicate;

/**
 * On Windows, where entries can only be opened by their whole path. Each directory is checked just
 * before it is used.
 */
final class PlainFileDirectory extends FileDirectory {

  PlainFileDirectory(Path path) {
    super(path);
  }

  @Override
  FileDirectory tryOpenDirectory(String name) throws IOException {
    Path directory = path().resolve(name);
    BasicFileAttributes attributes = attributes(name);
    // For a junction, Windows reports both a directory and something else.
    if (!attributes.isDirectory() || attributes.isOther()) {
      throw new NotDirectoryException(directory.toString());
    }
    return new PlainFileDirectory(directory);
  }

  @Override
  FileChannel openFile(String name, OpenOption... options) throws IOException {
    return FileChannel.open(
        path().resolve(name),
        ImmutableSet.<OpenOption>builder().add(options).add(NOFOLLOW_LINKS).build());
  }

  @Override
  void moveFile(String name, FileDirectory target, String newName) throws IOException {
    Files.move(
        path().resolve(name), target.path().resolve(newName), StandardCopyOption.ATOMIC_MOVE);
  }

  @Override
  void deleteFile(String name) throws IOException {
    Files.delete(path().resolve(name));
  }

  @Override
  List<String> names(Predicate<String> filter) throws IOException {
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(path())) {
      return names(entries, filter);
    }
  }

  @Override
  BasicFileAttributes attributes(String name) throws IOException {
    return Files.readAttributes(path().resolve(name), BasicFileAttributes.class, NOFOLLOW_LINKS);
  }

  @Override
  public void close() {}
}
