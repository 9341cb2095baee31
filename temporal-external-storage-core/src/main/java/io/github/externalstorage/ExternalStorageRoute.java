package io.github.externalstorage;

import io.temporal.client.WorkflowClientOptions;
import java.util.Arrays;

/** How payloads reach the storage. Both routes write and read the same references and objects. */
public enum ExternalStorageRoute {

  /** Through the SDK's own external storage. Needs SDK 1.39 or later. */
  NATIVE,

  /**
   * Through a payload codec outermost in the data converter. For SDK 1.36.1 to 1.38. It also works
   * on later versions: the codec stores, and the SDK resolves references.
   */
  CODEC;

  /** {@link #NATIVE} if the SDK on the class path supports it, otherwise {@link #CODEC}. */
  public static ExternalStorageRoute detect() {
    // Not by the SDK's storage classes: earlier releases carry incompatible ones of the same names.
    return Arrays.stream(WorkflowClientOptions.Builder.class.getMethods())
            .anyMatch(method -> method.getName().equals("setExternalStorage"))
        ? NATIVE
        : CODEC;
  }
}
