package io.github.externalstorage.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

final class StorageOptionTest {

  @TempDir private Path parent;

  @Test
  void createsTheDirectory() {
    Path directory = parent.resolve("new/payloads with spaces");

    connect(Map.of("STORAGE", "s3"), "--storage", "file:" + directory);

    assertThat(directory).isEmptyDirectory();
  }

  @Test
  void takesAUrlFromTheEnvironment() {
    Path directory = parent.resolve("payloads with spaces");

    connect(Map.of("STORAGE", directory.toUri().toString()));

    assertThat(directory).isEmptyDirectory();
  }

  @Test
  void isS3ByDefault() {
    assertThatThrownBy(() -> connect(Map.of("S3_ENDPOINT", "here")))
        .isInstanceOf(ExampleException.class)
        .hasMessageStartingWith("S3_ENDPOINT is 'here'");
    assertThatThrownBy(
            () -> connect(Map.of("S3_ENDPOINT", "here", "STORAGE", "file:x"), "--storage", "s3"))
        .isInstanceOf(ExampleException.class)
        .hasMessageStartingWith("S3_ENDPOINT is 'here'");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/tmp/payloads", "file:", "file://host/x", "file:\u0000", "S3", "gcs"})
  void rejectsAnythingElse(String value) {
    assertThatThrownBy(() -> connect(Map.of("STORAGE", value)))
        .isInstanceOf(ExampleException.class)
        .hasMessage(
            "Invalid STORAGE: '%s' is neither 's3' nor a directory such as 'file:/tmp/payloads'",
            value);
  }

  @Test
  void saysThatTheDirectoryCannotBeCreated() throws IOException {
    Path file = Files.createFile(parent.resolve("file"));

    assertThatThrownBy(() -> connect(Map.of("STORAGE", "file:" + file.resolve("x"))))
        .isInstanceOf(ExampleException.class)
        .hasMessageStartingWith("Could not create the directory " + file.resolve("x"))
        .hasMessageEndingWith("choose another one with --storage");
  }

  private static void connect(Map<String, String> environment, String... arguments) {
    StorageOption storage = new StorageOption();
    new CommandLine(new OnlyStorage(storage)).parseArgs(arguments);
    storage.connect(environment).close();
  }

  @CommandLine.Command
  private record OnlyStorage(@CommandLine.Mixin StorageOption storage) {}
}
