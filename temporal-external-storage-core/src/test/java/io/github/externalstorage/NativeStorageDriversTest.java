package io.github.externalstorage;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.externalstorage.driver.StorageDriver;
import io.github.externalstorage.internal.sdk.NativeStorageDriver;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Adapting an adapter returns the adapted driver. */
@Tag("native")
class NativeStorageDriversTest {

  private final StorageDriver ours = new StubStorageDriver("stub");

  @Test
  void ourDriverComesBack() {
    assertThat(NativeStorageDrivers.fromNative(NativeStorageDrivers.toNative(ours))).isSameAs(ours);
  }

  @Test
  void sdksDriverComesBack() {
    // Under another name it is not the same: the name is the adapter's.
    io.temporal.payload.storage.StorageDriver theirs = new NativeStorageDriver("alias", ours);
    StorageDriver adapted = NativeStorageDrivers.fromNative(theirs);

    assertThat(adapted.getName()).isEqualTo("alias");
    assertThat(NativeStorageDrivers.toNative(adapted)).isSameAs(theirs);
  }
}
