package io.github.externalstorage.driver;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** On the file system of this machine. */
class FileStorageDriverContractTest extends FileDriverContract {

  @TempDir private Path directory;

  @Override
  Path directory() {
    return directory;
  }
}
