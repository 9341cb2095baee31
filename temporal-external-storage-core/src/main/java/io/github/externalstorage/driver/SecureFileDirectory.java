package io.github.externalstorage.driver;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import com.google.common.collect.ImmutableSet;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.function.Predicate;

/** On Linux and macOS, where entries are opened relative to the open directory. */
final class SecureFileDirectory extends FileDirectory {

  private final SecureDirectoryStream<Path> stream;

  SecureFileDirectory(Path path, SecureDirectoryStream<Path> stream) {
    super(path);
    this.stream = stream;
  }

  @Override
  FileDirectory tryOpenDirectory(String name) throws IOException {
    return new SecureFileDirectory(
        path().resolve(name), stream.newDirectoryStream(relative(name), NOFOLLOW_LINKS));
  }

  @Override
  FileChannel openFile(String name, OpenOption... options) throws IOException {
    return (FileChannel)
        stream.newByteChannel(
            relative(name),
            ImmutableSet.<OpenOption>builder().add(options).add(NOFOLLOW_LINKS).build());
  }

  @Override
  void moveFile(String name, FileDirectory target, String newName) throws IOException {
    stream.move(relative(name), ((SecureFileDirectory) target).stream, relative(newName));
  }

  @Override
  void deleteFile(String name) throws IOException {
    stream.deleteFile(relative(name));
  }

  @Override
  List<String> names(Predicate<String> filter) throws IOException {
    return names(stream, filter);
  }

  @Override
  BasicFileAttributes attributes(String name) throws IOException {
    return stream
        .getFileAttributeView(relative(name), BasicFileAttributeView.class, NOFOLLOW_LINKS)
        .readAttributes();
  }

  @Override
  public void close() throws IOException {
    stream.close();
  }

  private Path relative(String name) {
    return path().getFileSystem().getPath(name);
  }
}
