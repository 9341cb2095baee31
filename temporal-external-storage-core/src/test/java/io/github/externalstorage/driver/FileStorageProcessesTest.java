package io.github.externalstorage.driver;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.base.Splitter;
import com.google.common.hash.Hashing;
import com.google.common.io.CharStreams;
import io.temporal.api.common.v1.Payload;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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

  /** While each of three parts is written, before the file is moved, and after. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5})
  void leaveNoPartOfAFileWhenKilled(int step) throws IOException {
    Process process = FileStorageProgram.startAndStop(directory, 1, step);
    processes.add(process);
    assertThat(process.inputReader(UTF_8).readLine()).isEqualTo(FileStorageProgram.STOPPED);

    kill(process);

    assertThat(objects()).hasSize(step == 5 ? 1 : 0).allSatisfy(this::assertWhole);
    Payload payload = FileStorageProgram.payload(1);
    StorageDriverClaim claim = driver.store(FileStorageProgram.context(), payload).join();
    assertThat(driver.retrieve(StorageDriverRetrieveContext.empty(), claim).join())
        .isEqualTo(payload);
  }

  @Test
  void keepWhatTheyAcknowledgedWhenKilled() throws IOException {
    List<String> acknowledged = new ArrayList<>();
    for (int round = 0; round < 3; round++) {
      Process process = start(1000 * round, 1000);
      BufferedReader output = process.inputReader(UTF_8);
      for (int i = 0; i <= 10 * round; i++) {
        acknowledged.add(output.readLine());
      }
      kill(process);
      // The last line may be cut off.
      String rest = CharStreams.toString(output);
      rest.substring(0, rest.lastIndexOf('\n') + 1).lines().forEach(acknowledged::add);
    }

    acknowledged.forEach(this::assertStored);
    assertThat(objects()).allSatisfy(this::assertWhole);
  }

  /** Process.destroyForcibly would close the output as well. */
  private static void kill(Process process) {
    assertThat(process.toHandle().destroyForcibly()).isTrue();
    process.onExit().join();
  }

  private void assertWhole(Path object) {
    try {
      assertThat(Hashing.sha256().hashBytes(Files.readAllBytes(object)))
          .hasToString(String.valueOf(object.getFileName()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
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
