package io.github.externalstorage.examples;

import io.github.externalstorage.ExternalStorageRoute;
import org.junit.jupiter.api.Tag;

@Tag("native")
final class ProcessOrderBatchOnNativeRouteTest extends ProcessOrderBatchContract {
  ProcessOrderBatchOnNativeRouteTest() {
    super(ExternalStorageRoute.NATIVE);
  }
}
