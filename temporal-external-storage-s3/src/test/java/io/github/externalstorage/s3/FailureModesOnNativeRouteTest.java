package io.github.externalstorage.s3;

import io.github.externalstorage.ExternalStorageRoute;
import org.junit.jupiter.api.Tag;

@Tag("native")
final class FailureModesOnNativeRouteTest extends FailureModesContract {
  FailureModesOnNativeRouteTest() {
    super(ExternalStorageRoute.NATIVE);
  }
}
