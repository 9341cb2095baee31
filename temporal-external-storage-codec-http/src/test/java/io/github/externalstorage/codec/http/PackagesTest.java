package io.github.externalstorage.codec.http;

import io.github.externalstorage.fixtures.PackageOrder;
import org.junit.jupiter.api.Test;

final class PackagesTest {

  private static final String BASE = PackagesTest.class.getPackageName();

  @Test
  void importEachOtherInOneDirection() {
    PackageOrder.check(
        BASE,
        BASE + ".spi",
        BASE + ".internal.protocol",
        BASE + ".internal.payloads",
        BASE + ".internal.server",
        BASE);
  }
}
