package io.github.externalstorage.testkit;

import com.google.protobuf.ByteString;
import io.github.externalstorage.driver.StorageDriver;
import io.github.externalstorage.driver.StorageDriverClaim;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** The driver under test, and what a test may do to it and to its storage. */
abstract class StorageDriverFixture {

  StorageDriver driver;
  DriverCalls calls;

  /** A driver as it would be used, called before each test. It is closed after the test. */
  protected abstract StorageDriver createDriver();

  /**
   * A driver that stores payloads of at most this size. It is closed after the test.
   *
   * @param maxPayloadSize in bytes of the serialized form
   * @return empty, the default, if the driver's limit can't be set
   */
  protected Optional<StorageDriver> createDriver(long maxPayloadSize) {
    return Optional.empty();
  }

  /**
   * Deletes a stored object past the driver.
   *
   * @param claim a claim of the driver that {@link #createDriver()} returned last
   * @return false, the default, if the test has no way to the object
   */
  protected boolean deleteObject(StorageDriverClaim claim) {
    return false;
  }

  /**
   * Replaces the content of a stored object past the driver.
   *
   * @param claim a claim of the driver that {@link #createDriver()} returned last
   * @param change makes the new content from the old; pure, may be called more than once
   * @return false, the default, if the test has no way to the object
   */
  protected boolean replaceObject(StorageDriverClaim claim, UnaryOperator<ByteString> change) {
    return false;
  }

  /**
   * Claims that the driver must refuse although they are well-formed, because they point outside of
   * what it is configured for: another bucket, another table, a path that climbs out.
   *
   * @param claim a claim of the driver, to be altered
   * @return none by default
   */
  protected List<StorageDriverClaim> createForeignClaims(StorageDriverClaim claim) {
    return List.of();
  }

  /** How long one call may take before it is said to hang. Default: one minute. */
  protected Duration getCallTimeout() {
    return Duration.ofMinutes(1);
  }

  @BeforeEach
  void startDriver() {
    driver = createDriver();
    calls = new DriverCalls(driver, getCallTimeout());
  }

  @AfterEach
  void closeDriver() {
    driver.close();
  }
}
