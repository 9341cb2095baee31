package io.github.externalstorage.s3;

import io.github.externalstorage.ExternalStorageRoute;

final class FailureModesOnCodecRouteTest extends FailureModesContract {
  FailureModesOnCodecRouteTest() {
    super(ExternalStorageRoute.CODEC);
  }
}
