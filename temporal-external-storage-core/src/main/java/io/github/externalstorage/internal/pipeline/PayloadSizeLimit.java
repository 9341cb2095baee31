package io.github.externalstorage.internal.pipeline;

import io.github.externalstorage.driver.StorageDriver;
import io.github.externalstorage.driver.StorageException;
import io.github.externalstorage.driver.StorageException.Reason;
import io.temporal.api.common.v1.Payload;
import io.temporal.failure.ApplicationFailure;

/** Refuses payloads that a driver can't store. */
public final class PayloadSizeLimit {

  /** The failure type that callers see, and can name in a retry policy. */
  static final String FAILURE_TYPE = "PayloadTooLarge";

  private PayloadSizeLimit() {}

  public static void check(StorageDriver driver, Payload payload) {
    if (payload.getSerializedSize() > driver.getMaxPayloadSize()) {
      throw new StorageException(Reason.TOO_LARGE, message(driver, payload));
    }
  }

  /** For converters: a failure that Temporal does not retry, since no retry makes it smaller. */
  public static void checkNonRetryable(StorageDriver driver, Payload payload) {
    if (payload.getSerializedSize() > driver.getMaxPayloadSize()) {
      throw ApplicationFailure.newNonRetryableFailure(message(driver, payload), FAILURE_TYPE);
    }
  }

  private static String message(StorageDriver driver, Payload payload) {
    return "A payload of %s bytes exceeds the maximum of %s bytes of the storage driver '%s'; make the payload smaller, split it, or raise the driver's maximum"
        .formatted(payload.getSerializedSize(), driver.getMaxPayloadSize(), driver.getName());
  }
}
