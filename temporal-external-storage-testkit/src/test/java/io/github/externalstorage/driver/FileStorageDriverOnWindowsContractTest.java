package io.github.externalstorage.driver;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;

/**
 * On a file system like that of Windows, \payloads:which ignores case and opens files by their
 * whole path.
 */
class FileStorageDriverOnWindowsContractTest extends FileDriverContract {

  @AutoClose private final FileSystem fileSystem = Jimfs.newFileSystem(Configuration.windows());

  @BeforeEach
  void createDirectory() throws IOException {
    Files.createDirectory(directory());
  }

  @Override
  Path directory() {
    return fileSystem.getPath("C:\\payloads");
  }
}
