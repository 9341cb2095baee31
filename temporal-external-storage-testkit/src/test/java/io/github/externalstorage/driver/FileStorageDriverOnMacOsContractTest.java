package io.github.externalstorage.driver;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;

/** On a file system like that of macOS, which ignores case and normalizes names. */
class FileStorageDriverOnMacOsContractTest extends FileDriverContract {

  @AutoClose private final FileSystem fileSystem = Jimfs.newFileSystem(Configuration.osX());

  @BeforeEach
  void createDirectory() throws IOException {
    Files.createDirectory(directory());
  }

  @Override
  Path directory() {
    return fileSystem.getPath("/payloads");
  }
}
