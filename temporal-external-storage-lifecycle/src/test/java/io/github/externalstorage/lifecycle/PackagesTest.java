package io.github.externalstorage.lifecycle;

import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.github.externalstorage.fixtures.PackageOrder;
import org.junit.jupiter.api.Test;

final class PackagesTest {

  private static final String BASE = PackagesTest.class.getPackageName();

  @Test
  void importEachOtherInOneDirection() {
    PackageOrder.check(
        BASE,
        BASE,
        BASE + ".internal.threads",
        BASE + ".internal.state",
        BASE + ".internal.temporal",
        BASE + ".internal.storage",
        BASE + ".internal.marks",
        BASE + ".check",
        BASE + ".gc",
        BASE + ".plan",
        BASE + ".usage",
        BASE + ".history");
  }

  /** Such as {@code check} and {@code gc}. */
  @Test
  void whatOperatorsCallIsIndependentOfEachOther() {
    slices()
        .matching(BASE + ".(*)")
        .should()
        .notDependOnEachOther()
        .check(
            new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages(BASE));
  }
}
