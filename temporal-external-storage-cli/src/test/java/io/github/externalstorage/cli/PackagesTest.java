package io.github.externalstorage.cli;

import io.github.externalstorage.fixtures.PackageOrder;
import org.junit.jupiter.api.Test;

final class PackagesTest {

  private static final String BASE = PackagesTest.class.getPackageName();

  @Test
  void importEachOtherInOneDirection() {
    PackageOrder.check(
        BASE,
        BASE + ".version",
        BASE + ".config",
        BASE + ".namespaces",
        BASE + ".auth",
        BASE + ".codecserver",
        BASE + ".lifecycle",
        BASE);
  }

  @Test
  void theOtherCommandsUseNothingOfTheCodecServer() {
    PackageOrder.check(
        BASE,
        BASE + ".version",
        BASE + ".config",
        BASE + ".namespaces",
        BASE + ".lifecycle",
        BASE + ".auth",
        BASE + ".codecserver",
        BASE);
  }
}
