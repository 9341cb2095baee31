package io.github.externalstorage.internal.converter;

import io.github.externalstorage.driver.StorageDriverTargetInfo;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The workflow or activity that the current thread works for, as set by interceptors. */
public final class CurrentTarget {

  private static final ThreadLocal<@Nullable StorageDriverTargetInfo> TARGET = new ThreadLocal<>();

  private CurrentTarget() {}

  public static @Nullable StorageDriverTargetInfo get() {
    return TARGET.get();
  }

  static void set(StorageDriverTargetInfo target) {
    TARGET.set(target);
  }

  public static <T> T during(StorageDriverTargetInfo target, Supplier<T> call) {
    StorageDriverTargetInfo before = TARGET.get();
    TARGET.set(target);
    try {
      return call.get();
    } finally {
      if (before == null) {
        TARGET.remove();
      } else {
        TARGET.set(before);
      }
    }
  }
}
