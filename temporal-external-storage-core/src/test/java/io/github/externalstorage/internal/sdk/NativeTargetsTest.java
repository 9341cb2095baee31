package io.github.externalstorage.internal.sdk;

import static org.assertj.core.api.Assertions.assertThat;

import io.temporal.payload.storage.StorageDriverActivityInfo;
import io.temporal.payload.storage.StorageDriverTargetInfo;
import io.temporal.payload.storage.StorageDriverWorkflowInfo;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Targets in the SDK's terms and in ours. */
@Tag("native")
class NativeTargetsTest {

  static Stream<Arguments> targets() {
    return Stream.of(
        Arguments.of(null, null),
        Arguments.of(
            new StorageDriverWorkflowInfo("ns", "id", "run", "type"),
            new io.github.externalstorage.driver.StorageDriverWorkflowInfo(
                "ns", "id", "run", "type")),
        Arguments.of(
            new StorageDriverWorkflowInfo("ns", "id", null, null),
            new io.github.externalstorage.driver.StorageDriverWorkflowInfo("ns", "id", null, null)),
        Arguments.of(
            new StorageDriverActivityInfo("ns", "id", "run", "type"),
            new io.github.externalstorage.driver.StorageDriverActivityInfo(
                "ns", "id", "run", "type")));
  }

  @ParameterizedTest
  @MethodSource("targets")
  void goBothWays(
      @Nullable StorageDriverTargetInfo theirs,
      io.github.externalstorage.driver.@Nullable StorageDriverTargetInfo ours) {
    NativeStoreContext context = NativeStoreContext.of(theirs);

    assertThat(
            NativeContexts.of((io.temporal.payload.storage.StorageDriverStoreContext) context)
                .getTarget()
                .orElse(null))
        .isEqualTo(ours);
    assertThat(
            NativeContexts.of((io.temporal.payload.storage.StorageDriverSelectContext) context)
                .getTarget()
                .orElse(null))
        .isEqualTo(ours);
    assertThat(NativeContexts.toNative(ours)).isEqualTo(theirs);
  }
}
