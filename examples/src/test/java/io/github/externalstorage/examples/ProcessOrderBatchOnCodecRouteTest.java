package io.github.externalstorage.examples;

import io.github.externalstorage.ExternalStorageRoute;

final class ProcessOrderBatchOnCodecRouteTest extends ProcessOrderBatchContract {
  ProcessOrderBatchOnCodecRouteTest() {
    super(ExternalStorageRoute.CODEC);
  }
}
