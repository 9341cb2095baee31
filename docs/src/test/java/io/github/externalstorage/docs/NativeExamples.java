package io.github.externalstorage.docs;

import io.github.externalstorage.ExternalStorage;
import io.github.externalstorage.NativeStorageDrivers;
import io.temporal.payload.storage.StorageDriver;

/** Code of pages that needs the SDK's native external storage. */
final class NativeExamples {

  private NativeExamples() {}

  static ExternalStorage fromNative(StorageDriver sdkDriver) {
    // Begin
    ExternalStorage storage =
        ExternalStorage.newBuilder().setDriver(NativeStorageDrivers.fromNative(sdkDriver)).build();
    // End
    return storage;
  }
}
