package io.github.externalstorage;

import io.github.externalstorage.driver.StorageDriver;
import io.github.externalstorage.internal.sdk.NativeStorageDriver;
import io.github.externalstorage.internal.sdk.SdkStorageDriver;

/**
 * Adapters between this library's drivers and those of the SDK's native external storage. Needs SDK
 * 1.39 or later on the class path. {@link ExternalStoragePlugin} adapts drivers by itself; use
 * these methods only to configure the SDK by hand, or to use a driver that was written for the SDK.
 * Thread-safe.
 */
public final class NativeStorageDrivers {

  private NativeStorageDrivers() {}

  /** A driver of this library for the SDK's {@code ExternalStorage}, under its own name. */
  public static io.temporal.payload.storage.StorageDriver toNative(StorageDriver driver) {
    return driver instanceof SdkStorageDriver adapted
        ? adapted.driver()
        : new NativeStorageDriver(driver.getName(), driver);
  }

  /**
   * A driver written for the SDK, for this library's {@link ExternalStorage}. Its claims are not
   * validated and its failures are never retried, since an SDK driver can do neither.
   */
  public static StorageDriver fromNative(io.temporal.payload.storage.StorageDriver driver) {
    return driver instanceof NativeStorageDriver adapted
            && adapted.name().equals(adapted.driver().getName())
        ? adapted.driver()
        : new SdkStorageDriver(driver);
  }
}
