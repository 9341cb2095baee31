package io.github.externalstorage.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.TestSource;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Event;
import org.junit.platform.testkit.engine.Events;

class StorageDriverContractTest {

  @ParameterizedTest
  @EnumSource
  void finds(Defect defect) {
    assertThat(
            EngineTestKit.engine("junit-jupiter")
                .configurationParameter(DefectParameter.NAME, defect.name())
                .selectors(selectClass(BrokenDriverContract.class))
                .execute()
                .testEvents()
                .failed()
                .stream())
        .extracting(StorageDriverContractTest::testName)
        .contains(defect.foundBy());
  }

  @Test
  void namesTheHooksThatAreMissing() {
    Events tests =
        EngineTestKit.engine("junit-jupiter")
            .selectors(selectClass(DriverWithoutHooksTest.class))
            .execute()
            .testEvents();

    tests.assertStatistics(statistics -> statistics.failed(0));
    assertThat(tests.aborted().stream().map(StorageDriverContractTest::skipped).distinct())
        .containsExactlyInAnyOrder(
            "rejectsOnlyPayloadsOverItsLimit: override createDriver(long)",
            "reportsAMissingObject: override deleteObject(StorageDriverClaim)",
            "doesNotDeleteWhatIsGone: override deleteObject(StorageDriverClaim)",
            "reportsADamagedObject: override replaceObject(StorageDriverClaim, UnaryOperator)",
            "rejectsForeignClaims: override createForeignClaims(StorageDriverClaim)");
  }

  private static String skipped(Event event) {
    String message =
        event
            .getRequiredPayload(TestExecutionResult.class)
            .getThrowable()
            .map(Throwable::getMessage)
            .orElse("");
    assertThat(message)
        .startsWith("Assumption failed: to run this test, override ")
        .endsWith(" in " + DriverWithoutHooksTest.class.getName());
    String hook = message.substring(message.indexOf("override "), message.lastIndexOf(" in "));
    return testName(event) + ": " + hook;
  }

  private static String testName(Event event) {
    TestSource source = event.getTestDescriptor().getSource().orElseThrow();
    return ((MethodSource) source).getMethodName();
  }
}
