package io.github.externalstorage.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.platform.engine.TestSource;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Event;

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

  private static String testName(Event event) {
    TestSource source = event.getTestDescriptor().getSource().orElseThrow();
    return ((MethodSource) source).getMethodName();
  }
}
