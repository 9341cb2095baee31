package io.github.externalstorage.testkit;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.protobuf.ByteString;
import io.github.externalstorage.driver.StorageDriver;
import io.github.externalstorage.driver.StorageDriverClaim;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** The driver under test, and operations on its storage. */
abstract class StorageDriverFixture {

  StorageDriver driver;
  DriverCalls calls;

  /**
   * Creates the driver to test, configured as in production. Called before each test; the driver is
   * closed after the test.
   */
  protected abstract StorageDriver createDriver();

  /**
   * Creates a driver with a size limit. It is closed after the test.
   *
   * @param maxPayloadSize the maximum size of a serialized payload, in bytes
   * @return empty, the default, if the driver's limit can't be set
   */
  protected Optional<StorageDriver> createDriver(long maxPayloadSize) {
    return Optional.empty();
  }

  /**
   * Deletes a stored object without using the driver.
   *
   * @param claim a claim of the driver that {@link #createDriver()} returned last
   * @return true if the object was deleted; false, the default, if this is not supported
   */
  protected boolean deleteObject(StorageDriverClaim claim) {
    return false;
  }

  /**
   * Replaces the content of a stored object without using the driver.
   *
   * @param claim a claim of the driver that {@link #createDriver()} returned last
   * @param change returns the new content for the old content; it has no side effects and may be
   *     called more than once
   * @return true if the object was replaced; false, the default, if this is not supported
   */
  protected boolean replaceObject(StorageDriverClaim claim, UnaryOperator<ByteString> change) {
    return false;
  }

  /**
   * Creates well-formed claims that the driver must reject because they point outside of its
   * configuration: to another bucket or table, or to a path outside of its root.
   *
   * @param claim a claim of the driver, as a template
   * @return the claims; none by default
   */
  protected List<StorageDriverClaim> createForeignClaims(StorageDriverClaim claim) {
    return List.of();
  }

  /** The time after which a call counts as hanging. Positive. Default: 1 minute. */
  protected Duration getCallTimeout() {
    return Duration.ofMinutes(1);
  }

  /** A test that can't run must not look as if it had passed. */
  final void assumeTested(boolean isTested, String hook) {
    assumeTrue(
        isTested,
        () -> "to run this test, override %s in %s".formatted(hook, getClass().getName()));
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
