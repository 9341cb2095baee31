package io.github.externalstorage.driver;

import static io.github.externalstorage.StorageFailures.failureOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.common.hash.Hashing;
import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import com.google.common.util.concurrent.MoreExecutors;
import io.github.externalstorage.TestPayloads;
import io.github.externalstorage.driver.StorageException.Reason;
import io.temporal.api.common.v1.Payload;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Its files, claims, failures and settings; the contract of every driver tests the rest. */
class FileStorageDriverTest {

  private static final Payload PAYLOAD = TestPayloads.json("\"sesame\"");
  private static final String HASH = Hashing.sha256().hashBytes(PAYLOAD.toByteArray()).toString();

  @TempDir private Path parent;
  private Path root = Path.of("");
  private FileStorageDriver driver = FileStorageDriver.newBuilder().setDirectory(root).build();

  @BeforeEach
  void createRoot() throws IOException {
    root = Files.createDirectory(parent.resolve("payloads"));
    driver = FileStorageDriver.newBuilder().setDirectory(root).build();
  }

  @AfterEach
  void close() {
    driver.close();
  }

  @Test
  void keysArePaths() throws IOException {
    StorageDriverClaim claim = store(new StorageDriverWorkflowInfo("ns", "Order/1", null, "type"));

    String key = "v0/ns/ns/wt/type/wi/%4Frder%2F1/ri/null/d/sha256/" + HASH;
    assertThat(claim.getClaimData())
        .containsExactlyInAnyOrderEntriesOf(
            Map.of("key", key, "hash_algorithm", "sha256", "hash_value", HASH));
    assertThat(root.resolve(key)).hasBinaryContent(PAYLOAD.toByteArray());
    assertThat(driver.getNamespace(claim)).contains("ns");
    assertThat(files()).containsExactly(key);
  }

  @Test
  void equalPayloadsOfATargetAreOneFileWhoseAgeIsRenewed() throws IOException {
    Path file = root.resolve(key(store(null)));
    Instant old = Instant.parse("2020-01-01T00:00:00Z");
    Files.setLastModifiedTime(file, FileTime.from(old));

    store(null);

    assertThat(Files.getLastModifiedTime(file).toInstant()).isAfter(old);
    assertThat(files()).hasSize(1);
  }

  @Test
  void storingRepairsADamagedFile() throws IOException {
    StorageDriverClaim claim = store(null);
    Files.writeString(root.resolve(key(claim)), "damaged");

    assertFails(claim, Reason.CORRUPTED);
    store(null);

    assertThat(retrieve(claim).join()).isEqualTo(PAYLOAD);
  }

  @Test
  void reportsWhenAFileWasWritten() throws IOException {
    StorageDriverClaim claim = store(null);
    Instant written = Instant.parse("2020-01-01T00:00:00Z");
    Files.setLastModifiedTime(root.resolve(key(claim)), FileTime.from(written));
    List<Instant> reported = new ArrayList<>();
    StorageDriverRetrieveContext context =
        new StorageDriverRetrieveContext() {
          @Override
          public void reportStoredAt(Instant time) {
            reported.add(time);
          }
        };

    assertThat(driver.retrieve(context, claim).join()).isEqualTo(PAYLOAD);

    assertThat(reported).containsExactly(written);
    assertThat(describe(claim).join())
        .isEqualTo(new StoredObject(PAYLOAD.getSerializedSize(), written));
  }

  @Test
  void readsOnlyWhenThereIsRoom() {
    StorageDriverClaim claim = store(null);
    CompletableFuture<Void> room = new CompletableFuture<>();
    CompletableFuture<Long> asked = new CompletableFuture<>();
    StorageDriverRetrieveContext context =
        new StorageDriverRetrieveContext() {
          @Override
          public CompletableFuture<Void> reserve(long bytes) {
            asked.complete(bytes);
            return room;
          }
        };

    CompletableFuture<Payload> retrieved = driver.retrieve(context, claim);
    assertThat(asked.join()).isEqualTo(PAYLOAD.getSerializedSize());
    assertThat(retrieved).isNotDone();
    room.complete(null);

    assertThat(retrieved.join()).isEqualTo(PAYLOAD);
  }

  @ParameterizedTest
  @CsvSource({
    "key, ''",
    "key, v0/d/sha256/x",
    "key, ../payloads/v0/d/sha256/{hash}",
    "key, v0/../v0/d/sha256/{hash}",
    "key, /v0/d/sha256/{hash}",
    "key, V0/d/sha256/{hash}",
    "key, v0/D/sha256/{hash}",
    "key, tmp/d/sha256/{hash}",
    "key, 'v0/d /sha256/{hash}'",
    "key, v0\\..\\..\\d/sha256/{hash}",
    "hash_algorithm, md5",
    "hash_value, 0",
    "hash_value, ''"
  })
  void claimsOfOthersAreRejected(String entry, String value) {
    Map<String, String> data = new HashMap<>(store(null).getClaimData());
    data.put(entry, value.replace("{hash}", HASH));
    StorageDriverClaim claim = new StorageDriverClaim(data);

    assertThat(
            catchThrowableOfType(StorageException.class, () -> driver.parseClaim(claim))
                .getReason())
        .isEqualTo(Reason.INVALID_CLAIM);
    assertFails(claim, Reason.INVALID_CLAIM);
    assertThat(failureOf(describe(claim), Reason.INVALID_CLAIM))
        .hasMessageStartingWith("File retrieve rejected [key='");
  }

  @Test
  void claimsOfAFileAreEqualWhateverElseTheyHold() {
    StorageDriverClaim claim = store(null);
    Map<String, String> data = new HashMap<>(claim.getClaimData());
    data.put("hashValue", HASH);

    assertThat(driver.parseClaim(new StorageDriverClaim(data))).isEqualTo(claim);
  }

  @Test
  void messagesRepeatAForgedKeyOnlyInPart() {
    StorageDriverClaim claim =
        new StorageDriverClaim(Map.of("key", "v0/\n\u001b[31m" + "x".repeat(5000)));

    assertThat(catchThrowableOfType(StorageException.class, () -> driver.parseClaim(claim)))
        .message()
        .hasSizeLessThan(500)
        .doesNotContainPattern("[^ -~]");
  }

  @Test
  void namespaceMustFitAName() {
    StorageDriverTargetInfo target =
        new StorageDriverWorkflowInfo("N".repeat(86), "id", "run", "type");

    assertThat(
            failureOf(
                driver.store(StorageDriverStoreContext.of(target), PAYLOAD), Reason.MISCONFIGURED))
        .hasMessage(
            "File store failed: the namespace takes up 258 bytes of the object key, but at most 255"
                + " are available; use a namespace with a shorter name");
  }

  @Test
  void rootMayBeALink() throws IOException {
    Path link = Files.createSymbolicLink(parent.resolve("link"), root);
    try (FileStorageDriver linked = FileStorageDriver.newBuilder().setDirectory(link).build()) {
      StorageDriverClaim claim = linked.store(StorageDriverStoreContext.empty(), PAYLOAD).join();

      assertThat(retrieve(claim).join()).isEqualTo(PAYLOAD);
    }
  }

  /** The file, and each directory above it. */
  @ParameterizedTest
  @ValueSource(strings = {"v0", "v0/d", "v0/d/sha256", "v0/d/sha256/{hash}"})
  void linksAreNotFollowed(String part) throws IOException {
    StorageDriverClaim claim = store(null);
    Path inside = root.resolve(part.replace("{hash}", HASH));
    Path outside = Files.move(inside, parent.resolve("outside"));
    Files.createSymbolicLink(inside, outside);

    assertThat(assertFails(claim, Reason.ACCESS_DENIED))
        .hasMessageContaining("is a symbolic link, which is not followed")
        .hasMessageContaining(inside.toString());
    assertThat(failureOf(describe(claim), Reason.ACCESS_DENIED))
        .hasMessageStartingWith("File describe failed [file=");
  }

  @ParameterizedTest
  @ValueSource(strings = {"v0", "v0/d", "v0/d/sha256", "tmp"})
  void linksToDirectoriesAreNotWrittenTo(String part) throws IOException {
    Path inside = root.resolve(part);
    Files.createDirectories(inside.getParent());
    Path outside = Files.createDirectory(parent.resolve("outside"));
    Files.createSymbolicLink(inside, outside);

    assertThat(
            failureOf(
                driver.store(StorageDriverStoreContext.empty(), PAYLOAD), Reason.ACCESS_DENIED))
        .hasMessageContaining("is a symbolic link, which is not followed");
    assertThat(outside).isEmptyDirectory();
  }

  /** A move replaces a link; it does not follow it. */
  @Test
  void aLinkInThePlaceOfTheFileIsReplaced() throws IOException {
    StorageDriverClaim claim = store(null);
    Path outside = Files.writeString(parent.resolve("outside"), "precious");
    Files.delete(root.resolve(key(claim)));
    Files.createSymbolicLink(root.resolve(key(claim)), outside);

    store(null);

    assertThat(outside).hasContent("precious");
    assertThat(retrieve(claim).join()).isEqualTo(PAYLOAD);
  }

  @Test
  void missingFileIsNotFound() throws IOException {
    StorageDriverClaim claim = store(null);
    Files.delete(root.resolve(key(claim)));

    StorageException failure = assertFails(claim, Reason.NOT_FOUND);
    assertThat(failure.isRetryable()).isTrue();
    assertThat(failure)
        .hasMessageStartingWith("File retrieve failed [file=" + root.resolve(key(claim)) + ", ")
        .hasMessageEndingWith(
            "retryable=true]: the file does not exist; it was deleted, or another machine has"
                + " written it and it is not visible here yet");
  }

  @Test
  void missingDirectoriesAreNotFound() throws IOException {
    StorageDriverClaim claim = store(null);
    Files.move(root.resolve("v0"), root.resolve("elsewhere"));

    assertFails(claim, Reason.NOT_FOUND);
  }

  @Test
  void missingRootIsNotCreated() throws IOException {
    StorageDriverClaim claim = store(null);
    Files.move(root, parent.resolve("unmounted"));

    StorageException failure =
        failureOf(driver.store(StorageDriverStoreContext.empty(), PAYLOAD), Reason.UNAVAILABLE);
    assertThat(failure.isRetryable()).isTrue();
    assertThat(failure)
        .hasMessageEndingWith(
            "the driver's directory does not exist; create it, or mount the volume that it is on");
    assertThat(assertFails(claim, Reason.UNAVAILABLE)).hasMessageContaining("create it, or mount");
    assertThat(root).doesNotExist();
  }

  @Test
  void rootThatIsAFileIsReported() throws IOException {
    Files.delete(root);
    Files.createFile(root);

    assertThat(
            failureOf(driver.store(StorageDriverStoreContext.empty(), PAYLOAD), Reason.UNAVAILABLE))
        .hasMessageContaining("the driver's directory does not exist");
  }

  @Test
  void directoryInThePlaceOfAFileIsCorrupted() throws IOException {
    StorageDriverClaim claim = store(null);
    Files.delete(root.resolve(key(claim)));
    Files.createDirectory(root.resolve(key(claim)));

    assertThat(assertFails(claim, Reason.CORRUPTED)).hasMessageContaining("something else");
  }

  @Test
  void fileInThePlaceOfADirectoryIsCorrupted() throws IOException {
    StorageDriverClaim claim = store(null);
    Files.delete(root.resolve(key(claim)));
    Files.delete(root.resolve("v0/d/sha256"));
    Files.createFile(root.resolve("v0/d/sha256"));

    assertThat(assertFails(claim, Reason.CORRUPTED)).hasMessageContaining("something else");
    assertThat(
            failureOf(driver.store(StorageDriverStoreContext.empty(), PAYLOAD), Reason.CORRUPTED))
        .hasMessageStartingWith("File store failed [file=");
  }

  @Test
  void fullDiskIsReportedAndLeavesNoFile() throws IOException {
    Configuration small =
        Configuration.unix().toBuilder().setMaxSize(1 << 20).setBlockSize(4096).build();
    try (FileSystem disk = Jimfs.newFileSystem(small);
        FileStorageDriver full =
            FileStorageDriver.newBuilder()
                .setDirectory(Files.createDirectory(disk.getPath("/payloads")))
                .build()) {
      StorageException failure =
          failureOf(
              full.store(StorageDriverStoreContext.empty(), TestPayloads.ofSize(3_000_000)),
              Reason.UNAVAILABLE);

      assertThat(failure.isRetryable()).isTrue();
      assertThat(failure)
          .hasMessageContaining("[file=/payloads/v0/d/sha256/")
          .hasMessageContaining("no space is left; delete payloads");
      assertThat(disk.getPath("/payloads/tmp")).isEmptyDirectory();
      full.store(StorageDriverStoreContext.empty(), PAYLOAD).join();
    }
  }

  @Test
  void errorsOfTheFileSystemAreTranslated() {
    assertThat(FileFault.of(new AccessDeniedException("x"), root, 1)).isEqualTo(FileFault.DENIED);
    assertThat(FileFault.of(new FileSystemException("x", null, "No space left on device"), root, 1))
        .isEqualTo(FileFault.FULL);
    assertThat(FileFault.of(new IOException("Disk quota exceeded"), root, 1))
        .isEqualTo(FileFault.FULL);
    IOException broken = new IOException("Input/output error");
    assertThat(FileFault.of(broken, root, 1)).isEqualTo(FileFault.IO);
    assertThat(FileFault.IO.failure("store", root.resolve("v0"), broken))
        .hasMessage(
            "File store failed [file=%s/v0, cause='IOException: Input/output error',"
                    .formatted(root)
                + " retryable=true]: the file system reported an error")
        .hasCause(broken);
  }

  @ParameterizedTest
  @EnumSource
  void everyFaultNamesARemedyWithoutADotAtItsEnd(FileFault fault) {
    assertThat(fault.failure("store", root, null)).message().doesNotEndWith(".").contains("]: ");
  }

  @Test
  void fileOverTheLimitIsNotRead() throws IOException {
    StorageDriverClaim claim = store(null);
    try (FileStorageDriver limited =
        FileStorageDriver.newBuilder().setDirectory(root).setMaxPayloadSize(10).build()) {
      assertThat(
              failureOf(
                  limited.retrieve(StorageDriverRetrieveContext.empty(), claim), Reason.TOO_LARGE))
          .hasMessageContaining("size=" + PAYLOAD.getSerializedSize() + ", maxPayloadSize=10");
    }
  }

  @Test
  void temporaryFilesAreIgnored() throws IOException {
    Files.createDirectory(root.resolve("tmp"));
    Files.writeString(root.resolve("tmp/0b7e2c55-6a1f-4d3e-8b90-3c4d5e6f7a8b"), "half a payl");

    StorageDriverClaim claim = store(null);

    assertThat(retrieve(claim).join()).isEqualTo(PAYLOAD);
    assertThat(root.resolve("tmp")).isDirectoryContaining("glob:**0b7e2c55*");
  }

  @Test
  void blocksOnlyTheExecutor() {
    Deque<Runnable> tasks = new ArrayDeque<>();
    try (FileStorageDriver manual = withExecutor(tasks::add)) {
      CompletableFuture<StorageDriverClaim> stored =
          manual.store(StorageDriverStoreContext.empty(), PAYLOAD);
      assertThat(root).isEmptyDirectory();
      assertThat(stored).isNotDone();

      tasks.remove().run();
      CompletableFuture<Payload> retrieved =
          manual.retrieve(StorageDriverRetrieveContext.empty(), stored.join());
      assertThat(retrieved).isNotDone();
      tasks.remove().run();
      tasks.remove().run();

      assertThat(retrieved.join()).isEqualTo(PAYLOAD);
      assertThat(tasks).isEmpty();
    }
  }

  @Test
  void cancelledCallsDoNothing() {
    Deque<Runnable> tasks = new ArrayDeque<>();
    CancellationSource source = new CancellationSource();
    StorageDriverStoreContext context = StorageDriverStoreContext.of(null, source);
    try (FileStorageDriver manual = withExecutor(tasks::add)) {
      CompletableFuture<StorageDriverClaim> byToken = manual.store(context, PAYLOAD);
      CompletableFuture<StorageDriverClaim> byFuture =
          manual.store(StorageDriverStoreContext.empty(), PAYLOAD);
      source.cancel();
      byFuture.cancel(true);
      tasks.forEach(Runnable::run);

      assertThat(byToken).isCancelled();
      assertThat(byFuture).isCancelled();
      assertThat(root).isEmptyDirectory();
    }
  }

  @Test
  void aCallThatIsCancelledHalfwayLeavesNoFile() throws IOException {
    FileTree tree = new FileTree(root);
    StorageKey key = StorageKeyLayout.getDefault().parseKey("v0/d/sha256/" + HASH);
    CancellationException cancelled = new CancellationException();

    assertThat(
            catchThrowableOfType(
                CancellationException.class,
                () ->
                    tree.write(
                        key,
                        PAYLOAD.toByteString(),
                        () -> {
                          throw cancelled;
                        })))
        .isSameAs(cancelled);

    assertThat(files()).isEmpty();
  }

  @Test
  void aCallWithoutProgressFails() {
    try (FileStorageDriver stuck =
        FileStorageDriver.newBuilder()
            .setDirectory(root)
            .setExecutor(task -> {})
            .setStallTimeout(Duration.ofMillis(1))
            .build()) {
      StorageException failure =
          failureOf(stuck.store(StorageDriverStoreContext.empty(), PAYLOAD), Reason.UNAVAILABLE);

      assertThat(failure.isRetryable()).isTrue();
      assertThat(failure)
          .hasMessageEndingWith(
              "the file system made no progress within the driver's stallTimeout");
    }
  }

  @Test
  void afterCloseCallsFail() {
    StorageDriverClaim claim = store(null);
    driver.close();

    assertThat(assertFails(claim, Reason.MISCONFIGURED)).hasMessageContaining("closed");
  }

  @Test
  void callsThatHaveBegunGoOnAfterClose() {
    Deque<Runnable> tasks = new ArrayDeque<>();
    StorageDriverClaim claim = store(null);
    FileStorageDriver manual = withExecutor(tasks::add);
    CompletableFuture<Payload> retrieved =
        manual.retrieve(StorageDriverRetrieveContext.empty(), claim);
    manual.close();
    tasks.remove().run();
    tasks.remove().run();

    assertThat(retrieved).isCompletedWithValue(PAYLOAD);
    StorageException later =
        failureOf(
            manual.retrieve(StorageDriverRetrieveContext.empty(), claim), Reason.MISCONFIGURED);
    assertThat(later).hasMessageContaining("closed");
  }

  @Test
  void aBurstOfCallsCompletesAfterClose() {
    StorageDriverClaim claim = store(null);
    List<CompletableFuture<Payload>> retrieved =
        Stream.generate(() -> retrieve(claim)).limit(200).toList();
    driver.close();

    assertThat(retrieved).allSatisfy(it -> assertThat(it.join()).isEqualTo(PAYLOAD));
  }

  @Test
  void anExecutorThatRejectsACallIsBusy() {
    try (FileStorageDriver busy =
        withExecutor(
            task -> {
              throw new RejectedExecutionException();
            })) {
      StorageException failure =
          failureOf(busy.store(StorageDriverStoreContext.empty(), PAYLOAD), Reason.UNAVAILABLE);
      assertThat(failure).hasMessageContaining("the driver's executor rejected the operation");
    }
  }

  @Test
  void aStallTimeoutMayBeLongerThanALongOfNanoseconds() {
    try (FileStorageDriver patient =
        FileStorageDriver.newBuilder()
            .setDirectory(root)
            .setStallTimeout(Duration.ofSeconds(Long.MAX_VALUE))
            .build()) {
      assertThat(patient.store(StorageDriverStoreContext.empty(), PAYLOAD).join()).isNotNull();
    }
  }

  @Test
  void anExecutorOfTheCallerIsNotClosed() {
    ExecutorService executor = Executors.newSingleThreadExecutor();
    withExecutor(executor).close();
    try (FileStorageDriver second = withExecutor(executor)) {
      assertThat(second.store(StorageDriverStoreContext.empty(), PAYLOAD))
          .succeedsWithin(Duration.ofSeconds(60));
      executor.shutdown();
      StorageException failure =
          failureOf(second.store(StorageDriverStoreContext.empty(), PAYLOAD), Reason.MISCONFIGURED);
      assertThat(failure).hasMessageContaining("the driver or its executor is closed");
    } finally {
      MoreExecutors.shutdownAndAwaitTermination(executor, Duration.ofSeconds(60));
    }
  }

  @Test
  void settingsAreChecked() {
    FileStorageDriver.Builder builder = FileStorageDriver.newBuilder();
    assertThatIllegalStateException()
        .isThrownBy(builder::build)
        .withMessageContaining("setDirectory");
    assertThatIllegalArgumentException().isThrownBy(() -> builder.setName(" "));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder.setMaxPayloadSize(0))
        .withMessageContaining("maxPayloadSize must be at least 1, not 0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder.setStallTimeout(Duration.ZERO))
        .withMessageContaining("stallTimeout must be positive, not PT0S");
    assertThat(driver.getName()).isEqualTo("file").isEqualTo(driver.getType());
    assertThat(driver.getMaxPayloadSize()).isEqualTo(50 << 20);
  }

  private FileStorageDriver withExecutor(Executor executor) {
    return FileStorageDriver.newBuilder()
        .setDirectory(root)
        .setExecutor(executor)
        .setStallTimeout(Duration.ofMinutes(1))
        .build();
  }

  private CompletableFuture<StoredObject> describe(StorageDriverClaim claim) {
    return driver.getStoredObjects().orElseThrow().describe(claim);
  }

  private StorageDriverClaim store(@Nullable StorageDriverTargetInfo target) {
    return driver.store(StorageDriverStoreContext.of(target), PAYLOAD).join();
  }

  private CompletableFuture<Payload> retrieve(StorageDriverClaim claim) {
    return driver.retrieve(StorageDriverRetrieveContext.empty(), claim);
  }

  private StorageException assertFails(StorageDriverClaim claim, Reason reason) {
    StorageException failure = failureOf(retrieve(claim), reason);
    assertThat(failure).hasMessageNotContaining("sesame");
    return failure;
  }

  private static String key(StorageDriverClaim claim) {
    return claim.getClaimData().getOrDefault("key", "");
  }

  /** All files below the root. */
  private List<String> files() throws IOException {
    try (Stream<Path> all = Files.walk(root)) {
      return all.filter(Files::isRegularFile)
          .map(file -> root.relativize(file).toString())
          .toList();
    }
  }
}
