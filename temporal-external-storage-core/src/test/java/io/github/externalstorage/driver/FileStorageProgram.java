package io.github.externalstorage.driver;

import com.google.protobuf.ByteString;
import io.temporal.api.common.v1.Payload;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;

/** Stores numbered payloads, and prints a number and a key when the payload is stored. */
final class FileStorageProgram {

  private FileStorageProgram() {}

  /** Starts it in another JVM. */
  static Process start(Path directory, int firstNumber, int count) throws IOException {
    return new ProcessBuilder(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path")),
                FileStorageProgram.class.getName(),
                directory.toString(),
                Integer.toString(firstNumber),
                Integer.toString(count)))
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  public static void main(String[] args) {
    int first = Integer.parseInt(args[1]);
    int end = first + Integer.parseInt(args[2]);
    try (FileStorageDriver driver =
        FileStorageDriver.newBuilder().setDirectory(Path.of(args[0])).build()) {
      for (int number = first; number < end; number++) {
        StorageDriverClaim claim = driver.store(context(), payload(number)).join();
        System.out.println(number + " " + claim.getClaimData().get("key"));
      }
    }
  }

  static StorageDriverStoreContext context() {
    return StorageDriverStoreContext.of(
        new StorageDriverWorkflowInfo("Default", "order-1", "run", "ProcessOrder"));
  }

  /** The same payload in every process, of up to 2 MiB. */
  static Payload payload(int number) {
    Random random = new Random(number);
    byte[] data = new byte[random.nextInt(2 << 20)];
    random.nextBytes(data);
    return Payload.newBuilder().setData(ByteString.copyFrom(data)).build();
  }
}
