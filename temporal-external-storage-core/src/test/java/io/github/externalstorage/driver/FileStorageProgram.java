package io.github.externalstorage.driver;

import com.google.common.util.concurrent.Uninterruptibles;
import com.google.protobuf.ByteString;
import io.temporal.api.common.v1.Payload;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Stores numbered payloads, and prints a number and a key when the payload is stored. It can also
 * stop at a given step of writing a file, and wait to be killed.
 */
final class FileStorageProgram {

  /** What it prints when it has stopped. */
  static final String STOPPED = "stopped";

  private FileStorageProgram() {}

  /** Starts it in another JVM: it stores payloads from one number on. */
  static Process start(Path directory, int firstNumber, int count) throws IOException {
    return start("store", directory, firstNumber, count);
  }

  /** Starts it in another JVM: it stops when the file of one payload makes progress. */
  static Process startAndStop(Path directory, int number, int step) throws IOException {
    return start("stop", directory, number, step);
  }

  private static Process start(String mode, Path directory, int first, int second)
      throws IOException {
    return new ProcessBuilder(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path")),
                FileStorageProgram.class.getName(),
                mode,
                directory.toString(),
                Integer.toString(first),
                Integer.toString(second)))
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  public static void main(String[] args) throws IOException {
    Path directory = Path.of(args[1]);
    int first = Integer.parseInt(args[2]);
    int second = Integer.parseInt(args[3]);
    if (args[0].equals("store")) {
      store(directory, first, first + second);
    } else {
      storeAndStop(directory, first, second);
    }
  }

  private static void store(Path directory, int first, int end) {
    try (FileStorageDriver driver =
        FileStorageDriver.newBuilder().setDirectory(directory).build()) {
      for (int number = first; number < end; number++) {
        StorageDriverClaim claim = driver.store(context(), payload(number)).join();
        System.out.println(number + " " + claim.getClaimData().get("key"));
      }
    }
  }

  private static void storeAndStop(Path directory, int number, int step) throws IOException {
    ByteString content = PayloadFormat.serialize(payload(number));
    StorageKey key =
        FileNames.LAYOUT.createKey(context().getTarget(), PayloadFormat.sha256(content));
    AtomicInteger steps = new AtomicInteger();
    new FileTree(directory)
        .write(
            key,
            content,
            () -> {
              if (steps.incrementAndGet() == step) {
                System.out.println(STOPPED);
                Uninterruptibles.awaitUninterruptibly(new CountDownLatch(1));
              }
            });
    System.out.println(number + " " + key);
  }

  static StorageDriverStoreContext context() {
    return StorageDriverStoreContext.of(
        new StorageDriverWorkflowInfo("Default", "order-1", "run", "ProcessOrder"));
  }

  /** The same payload in every process, of three parts. */
  static Payload payload(int number) {
    Random random = new Random(number);
    byte[] data = new byte[300_000];
    random.nextBytes(data);
    return Payload.newBuilder().setData(ByteString.copyFrom(data)).build();
  }
}
