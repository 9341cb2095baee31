package io.github.externalstorage.internal.converter;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.externalstorage.driver.StorageDriverActivityInfo;
import io.github.externalstorage.driver.StorageDriverTargetInfo;
import io.github.externalstorage.driver.StorageDriverWorkflowInfo;
import io.temporal.payload.context.ActivitySerializationContext;
import io.temporal.payload.context.SerializationContext;
import io.temporal.payload.context.WorkflowSerializationContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullAndEmptySource;

/** What a payload belongs to, outside of workflow threads. */
class TargetResolverTest {

  private static final SerializationContext WORKFLOW = new WorkflowSerializationContext("ns", "id");
  private static final SerializationContext ACTIVITY =
      new ActivitySerializationContext("ns", "id", "Workflow", "activity", "queue", false);
  private static final StorageDriverWorkflowInfo OWN =
      new StorageDriverWorkflowInfo("ns", "id", "run", "Workflow");

  @Test
  void nothingIsKnown() {
    assertThat(TargetResolver.resolve(null)).isNull();
    assertThat(TargetResolver.resolve(new SerializationContext() {})).isNull();
  }

  @Test
  void withoutContextItIsWhatTheThreadWorksFor() {
    assertThat(resolveDuring(OWN, null)).isEqualTo(OWN);
    assertThat(resolveDuring(OWN, new SerializationContext() {})).isEqualTo(OWN);
  }

  @Test
  void workflowContextHasNamespaceAndId() {
    assertThat(TargetResolver.resolve(WORKFLOW))
        .isEqualTo(new StorageDriverWorkflowInfo("ns", "id", null, null));
  }

  @Test
  void activityOfAWorkflowBelongsToTheWorkflow() {
    assertThat(TargetResolver.resolve(ACTIVITY))
        .isEqualTo(new StorageDriverWorkflowInfo("ns", "id", null, "Workflow"));
  }

  @Test
  void threadKnowsTheRunOfItsWorkflow() {
    assertThat(resolveDuring(OWN, ACTIVITY)).isEqualTo(OWN);
    assertThat(resolveDuring(OWN, WORKFLOW)).isEqualTo(OWN);
  }

  @Test
  void otherWorkflowIsNotTheThreadsOwn() {
    assertThat(resolveDuring(OWN, new WorkflowSerializationContext("ns", "child")))
        .isEqualTo(new StorageDriverWorkflowInfo("ns", "child", null, null));
    assertThat(resolveDuring(OWN, new WorkflowSerializationContext("other", "id")))
        .isEqualTo(new StorageDriverWorkflowInfo("other", "id", null, null));
  }

  @Test
  void threadOfAStandaloneActivityKnowsNothingOfAWorkflow() {
    StorageDriverTargetInfo standalone =
        new StorageDriverActivityInfo("ns", "id", "run", "activity");

    assertThat(resolveDuring(standalone, WORKFLOW))
        .isEqualTo(new StorageDriverWorkflowInfo("ns", "id", null, null));
  }

  @ParameterizedTest
  @NullAndEmptySource
  @SuppressWarnings("NullAway") // The SDK's class takes null.
  void activityWithoutAWorkflowStandsAlone(@Nullable String workflowId) {
    SerializationContext context =
        new ActivitySerializationContext("ns", workflowId, null, "activity", "queue", false);
    StorageDriverTargetInfo standalone =
        new StorageDriverActivityInfo("ns", "id", "run", "activity");
    StorageDriverTargetInfo unknown = new StorageDriverActivityInfo("ns", null, null, "activity");

    assertThat(TargetResolver.resolve(context)).isEqualTo(unknown);
    assertThat(resolveDuring(standalone, context)).isEqualTo(standalone);
    assertThat(resolveDuring(OWN, context)).isEqualTo(unknown);
    assertThat(resolveDuring(new StorageDriverActivityInfo("other", "id", "run", "x"), context))
        .isEqualTo(unknown);
  }

  @Test
  void targetLastsAsLongAsTheCall() {
    StorageDriverTargetInfo inner = new StorageDriverWorkflowInfo("inner", null, null, null);

    StorageDriverTargetInfo after =
        CurrentTarget.during(
            OWN,
            () -> {
              assertThat(resolveDuring(inner, null)).isEqualTo(inner);
              return TargetResolver.resolve(null);
            });

    assertThat(after).isEqualTo(OWN);
    assertThat(TargetResolver.resolve(null)).isNull();
  }

  private static @Nullable StorageDriverTargetInfo resolveDuring(
      StorageDriverTargetInfo current, @Nullable SerializationContext context) {
    return CurrentTarget.during(current, () -> TargetResolver.resolve(context));
  }
}
