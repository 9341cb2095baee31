package io.github.externalstorage.cli.codecserver;

import com.google.common.hash.Hashing;
import com.google.common.io.MoreFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * The files that a configuration was made from. Their content is compared, since a mounted volume
 * changes by a link somewhere in their paths, which touches no file's time.
 */
final class FileWatch {

  private static final String UNREADABLE = "";

  private final Map<Path, String> contents = new HashMap<>();

  /** Takes a file in. To be called before it is read, so that no change is missed. */
  Path watch(Path file) {
    contents.put(file, content(file));
    return file;
  }

  boolean hasChanged() {
    return contents.entrySet().stream()
        .anyMatch(entry -> !entry.getValue().equals(content(entry.getKey())));
  }

  private static String content(Path file) {
    try {
      return MoreFiles.asByteSource(file).hash(Hashing.sha256()).toString();
    } catch (IOException e) {
      return UNREADABLE;
    }
  }
}
