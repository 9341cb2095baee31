package io.github.externalstorage;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** Packages depend on each other in one direction only. */
class PackagesTest {

  private static final String ROOT = "io.github.externalstorage";

  /** Depends on nothing, so that every package can use it. */
  private static final String TEXT = ROOT + ".internal.text";

  private final JavaClasses classes =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages(ROOT);

  @Test
  void haveNoCircles() {
    slices().matching("(" + ROOT + "..)").should().beFreeOfCycles().check(classes);
  }

  @Test
  void goFromTheFacadeThroughTheInternalOnesToTheDriver() {
    layeredArchitecture()
        .consideringOnlyDependenciesInLayers()
        .layer("facade")
        .definedBy(ROOT)
        .layer("internal")
        .definedBy(resideInAPackage(ROOT + ".internal..").and(not(resideInAPackage(TEXT))))
        .layer("options and references")
        .definedBy(ROOT + ".options", ROOT + ".reference")
        .layer("driver")
        .definedBy(ROOT + ".driver")
        .whereLayer("facade")
        .mayNotBeAccessedByAnyLayer()
        .whereLayer("internal")
        .mayOnlyBeAccessedByLayers("facade")
        .whereLayer("options and references")
        .mayOnlyBeAccessedByLayers("facade", "internal")
        .check(classes);
  }
}
