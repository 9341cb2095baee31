package io.github.externalstorage.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import io.github.externalstorage.driver.StorageException.Reason;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FileObjectStoreTest {

  private static final Instant TIME = Instant.parse("2026-01-01T00:00:00.123456Z");

  @AutoClose private final FileSystem fileSystem = Jimfs.newFileSystem(Configuration.unix());

  private final Path root = fileSystem.getPath("/payloads");
  private final FileTree tree = new FileTree(root);

  @AutoClose private final FileThreads threads = new FileThreads(null, Duration.ofMinutes(1));

  @BeforeEach
  void createDirectory() throws IOException {
    Files.createDirectory(root);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7, 100})
  void listsEachKeyOnce(int pageSize) throws IOException {
    List<String> keys = createKeys();
    assertThat(list(pageSize, "", "")).containsExactlyInAnyOrderElementsOf(keys);
    assertThat(list(pageSize, "v0/ns/a/wt/T/wi/1", ""))
        .containsExactlyInAnyOrderElementsOf(
            keys.stream().filter(it -> it.startsWith("v0/ns/a/wt/T/wi/1")).toList());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7, 100})
  void listsEachPrefixOnce(int pageSize) throws IOException {
    List<String> keys = createKeys();
    for (String prefix : List.of("", "v0/", "v0/ns", "v0/ns/", "v0/ns/a/wt/T/wi/", "v0/d/")) {
      for (String delimiter : List.of("/", "s/", "d/sha256", "1", "0")) {
        TreeSet<String> expected = new TreeSet<>();
        for (String key : keys) {
          int start = key.startsWith(prefix) ? key.indexOf(delimiter, prefix.length()) : 0;
          if (key.startsWith(prefix)) {
            expected.add(start < 0 ? key : key.substring(0, start + delimiter.length()));
          }
        }
        assertThat(list(pageSize, prefix, delimiter))
            .as("prefix '%s', delimiter '%s'", prefix, delimiter)
            .containsExactlyInAnyOrderElementsOf(expected);
      }
    }
  }

  private List<String> createKeys() throws IOException {
    List<String> keys = new ArrayList<>();
    for (String hash : List.of("0", "1", "e")) {
      keys.add("v0/d/sha256/" + hash.repeat(64));
      for (String id : List.of("1", "10", "1-", "2")) {
        keys.add("v0/ns/a/wt/T/wi/%s/ri/r/d/sha256/%s".formatted(id, hash.repeat(64)));
      }
      keys.add("v0/ns/a-/d/sha256/" + hash.repeat(64));
    }
    keys.replaceAll(key -> key.replace("T", "%54"));
    for (String key : keys) {
      create(key);
    }
    return keys;
  }

  @Test
  void listsOnlyWhatADriverWrites() throws IOException {
    String key = "v0/d/sha256/" + "a".repeat(64);
    create(key);
    create("tmp/" + "a".repeat(64));
    create("v0/d/sha256/README");
    create("v0/ns/Upper/d/sha256/" + "a".repeat(64));
    Files.createDirectories(root.resolve("v0/d/sha256/" + "b".repeat(64)));
    Files.createSymbolicLink(root.resolve("v0/ns/link"), root.resolve("v0/d"));
    Files.createSymbolicLink(root.resolve("v0/d/sha256/" + "c".repeat(64)), root.resolve(key));
    assertThat(list(100, "", "")).containsExactly(key);
  }

  @Test
  void listsNothingIfNothingWasStored() throws IOException {
    assertThat(list(100, "", "")).isEmpty();
    Files.delete(root);
    FileObjectStore store = new FileObjectStore(tree, threads, 100);
    assertThatThrownBy(() -> store.listObjects(ListObjectsRequest.of(root.toString(), "")).join())
        .hasMessageContaining("the driver's directory does not exist");
  }

  @Test
  void deletesNothingThatWasWrittenAfterTheCheck() throws IOException {
    String hash = "a".repeat(64);
    String key = "v0/d/sha256/" + hash;
    Path file = create(key);
    StorageKey parsed = FileNames.parse(key);
    ListedObject listed =
        FileTree.listed(key, Files.readAttributes(file, BasicFileAttributes.class));
    FileTime later = FileTime.from(TIME.plusNanos(1000));
    // The driver reports progress before it compares and before it moves.
    int[] steps = {0};
    boolean deleted =
        tree.delete(
            parsed,
            listed,
            () -> {
              steps[0]++;
              if (steps[0] == 2) {
                try {
                  Files.setLastModifiedTime(file, later);
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              }
            });
    assertThat(steps[0]).isEqualTo(2);
    assertThat(deleted).isFalse();
    assertThat(Files.getLastModifiedTime(file)).isEqualTo(later);
    try (var temporary = Files.list(root.resolve("tmp"))) {
      assertThat(temporary).isEmpty();
    }
  }

  @Test
  void deletesNothingElse() throws IOException {
    Path secret = Files.createFile(fileSystem.getPath("/secret"));
    FileObjectStore store = new FileObjectStore(tree, threads, 100);
    for (String key : List.of("../secret", "/secret", "v0/../../secret", "tmp/x", "")) {
      assertThatThrownBy(
              () -> store.deleteObject(root.toString(), new ListedObject(key, 0, TIME, "1")).join())
          .rootCause()
          .isInstanceOfSatisfying(
              StorageException.class,
              e -> assertThat(e.getReason()).isEqualTo(Reason.INVALID_CLAIM));
    }
    assertThat(secret).exists();
  }

  private List<String> list(int pageSize, String prefix, String delimiter) {
    FileObjectStore store = new FileObjectStore(tree, threads, pageSize);
    List<String> entries = new ArrayList<>();
    String token = "";
    do {
      ObjectPage page =
          store
              .listObjects(new ListObjectsRequest(root.toString(), prefix, delimiter, token))
              .join();
      assertThat(page.objects().size() + page.prefixes().size()).isLessThanOrEqualTo(pageSize);
      page.objects().forEach(object -> entries.add(object.key()));
      entries.addAll(page.prefixes());
      token = page.nextPageToken();
    } while (!token.isEmpty());
    return entries;
  }

  private Path create(String key) throws IOException {
    Path file = root.resolve(key);
    Files.createDirectories(file.getParent());
    Files.write(file, new byte[1]);
    return Files.setLastModifiedTime(file, FileTime.from(TIME));
  }
}
