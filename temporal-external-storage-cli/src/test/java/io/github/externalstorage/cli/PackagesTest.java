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
        BASE + ".operator",
        BASE + ".check",
        BASE + ".gc",
        BASE + ".plan",
        BASE + ".usage",
        BASE + ".payloads",
        BASE);
  }

  @Test
  void commandsUseNothingOfEachOther() {
    PackageOrder.check(
        BASE,
        BASE + ".version",
        BASE + ".config",
        BASE + ".namespaces",
        BASE + ".operator",
        BASE + ".payloads",
        BASE + ".usage",
        BASE + ".plan",
        BASE + ".gc",
        BASE + ".check",
        BASE + ".auth",
        BASE + ".codecserver",
        BASE);
  }
}
