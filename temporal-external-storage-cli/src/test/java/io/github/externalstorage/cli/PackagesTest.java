package io.github.externalstorage.cli;

import io.github.externalstorage.fixtures.PackageOrder;
import org.junit.jupiter.api.Test;

final class PackagesTest {

  private static final String BASE = PackagesTest.class.getPackageName();

  @Test
  void importEachOtherInOneDirection() {
    PackageOrder.check(
        BASE, BASE + ".config", BASE + ".auth", BASE + ".codecserver", BASE + ".lifecycle", BASE);
  }
}
