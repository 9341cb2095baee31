package io.github.externalstorage.examples;

import io.github.externalstorage.driver.FileStorageDriver;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** Where large payloads go: to S3, or to files. */
final class StorageOption {

  static final String VARIABLES =
      """
        STORAGE                s3 (or file:/path, which needs none of the following)
      """
          + S3Settings.VARIABLES;

  @Option(
      names = "--storage",
      paramLabel = "STORAGE",
      converter = Location.Converter.class,
      description = "s3, or file: and a directory, which all commands share. Default: s3.")
  private @Nullable Location location;

  /** Whether the option names a directory. */
  boolean isDirectory() {
    return location != null && location.directory.isPresent();
  }

  /**
   * Connects to the storage of the option, or else of the environment.
   *
   * @throws ExampleException if a setting is invalid, or the storage can't be used
   */
  PayloadStorage connect(Map<String, String> environment) {
    Optional<Path> directory = location(environment).directory;
    return directory.isPresent()
        ? connect(directory.get())
        : PayloadStorage.connect(S3Settings.fromEnvironment(environment));
  }

  private Location location(Map<String, String> environment) {
    if (location != null) {
      return location;
    }
    try {
      return Location.parse(Main.setting(environment, "STORAGE", "s3"));
    } catch (TypeConversionException e) {
      throw new ExampleException("Invalid STORAGE: " + e.getMessage(), e);
    }
  }

  private static PayloadStorage connect(Path directory) {
    try {
      Files.createDirectories(directory);
    } catch (IOException e) {
      throw new ExampleException(
          "Could not create the directory %s (%s): choose another one with --storage"
              .formatted(directory, e),
          e);
    }
    return new PayloadStorage(
        FileStorageDriver.newBuilder().setDirectory(directory).build(), () -> {});
  }

  /**
   * A storage.
   *
   * @param directory the directory of files; empty for S3
   */
  record Location(Optional<Path> directory) {

    private static final String FILE = "file:";

    private static Location parse(String value) {
      if (value.equals("s3")) {
        return new Location(Optional.empty());
      }
      try {
        if (value.startsWith(FILE) && value.length() > FILE.length()) {
          return new Location(Optional.of(path(value).toAbsolutePath()));
        }
      } catch (IllegalArgumentException e) {
        // Reported below, like any other value.
      }
      throw new TypeConversionException(
          "'%s' is neither 's3' nor a directory such as 'file:/tmp/payloads'".formatted(value));
    }

    private static Path path(String value) {
      return value.startsWith(FILE + "//")
          ? Path.of(URI.create(value))
          : Path.of(value.substring(FILE.length()));
    }

    static final class Converter implements ITypeConverter<Location> {
      @Override
      public Location convert(String value) {
        return parse(value);
      }
    }
  }
}
