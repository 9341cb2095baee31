package io.github.externalstorage.gcs;

import io.github.externalstorage.fixtures.PackageOrder;
import org.junit.jupiter.api.Test;

final class PackagesTest {

  private static final String BASE = PackagesTest.class.getPackageName();

  @Test
  void importEachOtherInOneDirection() {
    PackageOrder.check(
        BASE,
        BASE + ".internal.claims",
        BASE + ".internal.requests",
        BASE + ".internal.payloads",
        BASE + ".internal.objects",
        BASE);
  }
}
