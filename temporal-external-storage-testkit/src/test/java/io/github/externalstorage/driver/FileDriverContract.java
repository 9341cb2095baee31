package io.github.externalstorage.driver;

import com.google.protobuf.ByteString;
import io.github.externalstorage.fixtures.SkippedTestsFail;
import io.github.externalstorage.testkit.StorageDriverContract;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.extension.ExtendWith;

/** Runs the driver contract on a directory. */
@ExtendWith(SkippedTestsFail.class)
abstract class FileDriverContract extends StorageDriverContract {

  /** The directory, the same during a test. */
  abstract Path directory();

  @Override
  protected StorageDriver createDriver() {
    return newBuilder().build();
  }

  @Override
  protected Optional<StorageDriver> createDriver(long maxPayloadSize) {
    return Optional.of(newBuilder().setMaxPayloadSize((int) maxPayloadSize).build());
  }

  private FileStorageDriver.Builder newBuilder() {
    return FileStorageDriver.newBuilder()
        .setDirectory(directory())
        .setStallTimeout(getCallTimeout());
  }

  @Override
  protected boolean deleteObject(StorageDriverClaim claim) {
    try {
      Files.delete(file(claim));
      return true;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  protected boolean replaceObject(StorageDriverClaim claim, UnaryOperator<ByteString> change) {
    try {
      ByteString content = ByteString.copyFrom(Files.readAllBytes(file(claim)));
      Files.write(file(claim), change.apply(content).toByteArray());
      return true;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  protected List<StorageDriverClaim> createForeignClaims(StorageDriverClaim claim) {
    String hash = "/d/sha256/" + claim.getClaimData().get("hash_value");
    return List.of(
        with(claim, "v0" + hash + "/../../secret"),
        with(claim, "/v0" + hash),
        with(claim, "../v0" + hash),
        with(claim, "v0/.." + hash),
        with(claim, "v0/..\\.." + hash),
        with(claim, "v0/ns/a/wt/T/wi/../../b/ri/r" + hash),
        with(claim, "v0/ns/NS" + hash),
        with(claim, "v0/ns/c:" + hash),
        with(claim, "tmp" + hash),
        with(claim, "v0/" + hash));
  }

  private Path file(StorageDriverClaim claim) {
    return directory().resolve(claim.getClaimData().getOrDefault("key", ""));
  }

  private static StorageDriverClaim with(StorageDriverClaim claim, String key) {
    Map<String, String> data = new HashMap<>(claim.getClaimData());
    data.put("key", key);
    return new StorageDriverClaim(data);
  }
}
