package io.github.externalstorage.worker;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.hash.Hashing;
import io.github.externalstorage.ExternalStorageRoute;
import io.temporal.api.common.v1.Payload;
import io.temporal.workflow.ChildWorkflowOptions;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;

/** Each workflow has its own objects, so that those of a deleted workflow can be deleted. */
class ParentAndChildTest {

  @OnEachRoute
  void equalInputsOfParentAndChildAreTwoObjects(ExternalStorageRoute route) {
    try (StorageEnvironment environment =
        StorageEnvironment.newBuilder(route)
            .setWorkflows(ParentWorkflowImpl.class, ChildWorkflow.Impl.class)
            .start()) {
      environment.newWorkflow(ParentWorkflow.class, "parent").run(LargeText.of("input"));

      String hash = sha256(environment.driver().stored().get(0).payload());
      assertThat(environment.driver().keys())
          .contains("default/parent/" + hash, "default/child/" + hash);
    }
  }

  private static String sha256(Payload payload) {
    return Hashing.sha256().hashBytes(payload.toByteArray()).toString();
  }

  @WorkflowInterface
  public interface ParentWorkflow {
    @WorkflowMethod(name = "Parent")
    int run(String input);
  }

  /** Passes its input on. */
  public static final class ParentWorkflowImpl implements ParentWorkflow {
    @Override
    public int run(String input) {
      ChildWorkflowOptions options =
          ChildWorkflowOptions.newBuilder().setWorkflowId("child").build();
      return Workflow.newChildWorkflowStub(ChildWorkflow.class, options).run(input).length();
    }
  }
}
