package io.github.externalstorage.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Where the pages and the sources are. Maven runs tests in the folder of their module. */
final class Repository {

  static final Path ROOT = Path.of("..");
  static final Path DOCS = Path.of("");

  private Repository() {}

  /** The sources of a module, without tests. */
  static List<Path> sources(String module) {
    return find(ROOT.resolve(module).resolve("src/main/java"), ".java");
  }

  /** All files below a folder whose names end so, in a stable order. */
  static List<Path> find(Path folder, String ending) {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(file -> file.toString().endsWith(ending)).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
