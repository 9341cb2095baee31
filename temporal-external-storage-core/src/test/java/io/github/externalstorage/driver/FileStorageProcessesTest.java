package io.github.externalstorage.driver;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.base.Splitter;
import com.google.common.hash.Hashing;
import com.google.common.io.CharStreams;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Several processes with the same directory, some of which are killed while they store. */
@Timeout(120)
class FileStorageProcessesTest {

  @TempDir private Path directory;
  private final List<Process> processes = new ArrayList<>();
  private FileStorageDriver driver =
      FileStorageDriver.newBuilder().setDirectory(Path.of("")).build();

  @BeforeEach
  void createDriver() {
    driver = FileStorageDriver.newBuilder().setDirectory(directory).build();
  }

  @AfterEach
  void endProcesses() {
    processes.forEach(Process::destroyForcibly);
    driver.close();
  }

  @Test
  void storeTheSamePayloadsAtOnce() throws IOException {
    List<Process> all = List.of(start(0, 20), start(0, 20), start(0, 20));

    List<List<String>> stored = new ArrayList<>();
    for (Process process : all) {
      stored.add(process.inputReader(UTF_8).lines().toList());
    }

    assertThat(stored.get(0)).hasSize(20).isEqualTo(stored.get(1)).isEqualTo(stored.get(2));
    stored.get(0).forEach(this::assertStored);
    assertThat(objects()).hasSize(20);
    assertThat(directory.resolve(FileTree.TEMPORARY)).isEmptyDirectory();
  }

  @Test
  void leaveOnlyWholeFilesWhenKilled() throws IOException {
    List<String> acknowledged = new ArrayList<>();
    for (int round = 0; round < 5; round++) {
      Process process = start(1000 * round, 1000);
      BufferedReader output = process.inputReader(UTF_8);
      for (int i = 0; i <= round; i++) {
        acknowledged.add(output.readLine());
      }
      // Process.destroyForcibly would close the output as well.
      assertThat(process.toHandle().destroyForcibly()).isTrue();
      // The last line may be cut off.
      String rest = CharStreams.toString(output);
      rest.substring(0, rest.lastIndexOf('\n') + 1).lines().forEach(acknowledged::add);
    }

    acknowledged.forEach(this::assertStored);
    for (Path object : objects()) {
      assertThat(Hashing.sha256().hashBytes(Files.readAllBytes(object)))
          .hasToString(String.valueOf(object.getFileName()));
    }
    IntStream.range(0, 5)
        .forEach(
            round ->
                driver
                    .store(FileStorageProgram.context(), FileStorageProgram.payload(1000 * round))
                    .join());
  }

  private Process start(int firstNumber, int count) throws IOException {
    Process process = FileStorageProgram.start(directory, firstNumber, count);
    processes.add(process);
    return process;
  }

  private void assertStored(String line) {
    List<String> parts = Splitter.on(' ').splitToList(line);
    StorageKey key = FileNames.parse(parts.get(1));
    assertThat(
            driver
                .retrieve(StorageDriverRetrieveContext.empty(), FileClaim.of(key))
                .join()
                .equals(FileStorageProgram.payload(Integer.parseInt(parts.get(0)))))
        .isTrue();
  }

  private List<Path> objects() throws IOException {
    try (Stream<Path> all = Files.walk(directory.resolve("v0"))) {
      return all.filter(Files::isRegularFile).toList();
    }
  }
}
